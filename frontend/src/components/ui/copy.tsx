import { useState } from "react";
import { IconButton } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { cn } from "@/lib/cn";

type Props = { text: string; label?: string; className?: string };

/** Puts a text on the clipboard, and says so for a moment. */
export function Copy({ text, label = "Copy", className }: Props) {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard.writeText(text).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), 1500);
    });
  };
  return (
    <IconButton label={copied ? "Copied" : label} className={cn(copied && "text-good", className)} onClick={copy}>
      <Icon name={copied ? "check" : "copy"} size={17} />
    </IconButton>
  );
}
