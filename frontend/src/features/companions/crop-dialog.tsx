import { useEffect, useRef, useState, type PointerEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { moved, square, type Centre } from "@/features/companions/crop";

const SIZE = 800; // the server keeps profile pictures inside 800 × 800
const VIEW = 288;

type Props = { file: File; onClose: () => void; onDone: (blob: Blob) => void };

/** Choose the square of a picture: drag, or arrow keys; the slider zooms. */
export function CropDialog({ file, onClose, onDone }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [image, setImage] = useState<ImageBitmap | null>(null);
  const [zoom, setZoom] = useState(1);
  const [centre, setCentre] = useState<Centre>({ x: 0.5, y: 0.4 });
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let wanted = true;
    createImageBitmap(file, { imageOrientation: "from-image" })
      .then((bitmap) => wanted && setImage(bitmap))
      .catch(() => wanted && setFailed(true));
    return () => {
      wanted = false;
    };
  }, [file]);
  useEffect(() => {
    if (image && canvas.current) paint(canvas.current, image, zoom, centre);
  }, [image, zoom, centre]);
  const move = (dx: number, dy: number) => image && setCentre((centre) => moved(image, zoom, centre, { dx, dy }));
  const drag = (event: PointerEvent) => {
    if (event.buttons !== 1) return;
    move(-event.movementX / VIEW, -event.movementY / VIEW);
  };
  const finish = () => {
    if (!image) return;
    const out = document.createElement("canvas");
    out.width = out.height = SIZE;
    paint(out, image, zoom, centre);
    out.toBlob((blob) => blob && onDone(blob), "image/jpeg", 0.92);
  };
  return (
    <Dialog title="Choose the part to show" onClose={onClose}>
      {failed ? (
        <p role="alert" className="text-bad">This file is no picture that can be read. JPEG, PNG, WebP and AVIF work.</p>
      ) : (
        <div className="flex flex-col items-center gap-4">
          <canvas
            ref={canvas}
            width={VIEW * 2}
            height={VIEW * 2}
            tabIndex={0}
            aria-label="Picture; arrow keys move it"
            onPointerMove={drag}
            onPointerDown={(e) => e.currentTarget.setPointerCapture(e.pointerId)}
            onKeyDown={(e) => {
              const step = 0.05;
              if (e.key === "ArrowLeft") move(-step, 0);
              else if (e.key === "ArrowRight") move(step, 0);
              else if (e.key === "ArrowUp") move(0, -step);
              else if (e.key === "ArrowDown") move(0, step);
            }}
            className="size-72 cursor-grab touch-none rounded-3xl bg-raised active:cursor-grabbing"
          />
          <label className="flex min-h-11 w-72 items-center gap-3 text-sm">
            Zoom
            <input type="range" min={1} max={4} step={0.01} value={zoom} onChange={(e) => setZoom(Number(e.target.value))} className="flex-1 accent-(--c-accent)" />
          </label>
          <Button className="w-72" disabled={!image} onClick={finish}>
            Use this part
          </Button>
        </div>
      )}
    </Dialog>
  );
}

function paint(canvas: HTMLCanvasElement, image: ImageBitmap, zoom: number, centre: Centre): void {
  const { x, y, side } = square(image, zoom, centre);
  canvas.getContext("2d")?.drawImage(image, x, y, side, side, 0, 0, canvas.width, canvas.height);
}
