import { Fragment, type ReactNode } from "react";

/**
 * The Markdown that companions speak: *action* or _action_, **strong**, `code`, fenced code, lists and paragraphs.
 * Makes React elements, never HTML: links and pictures stay the text they are.
 */
export function Markdown({ text }: { text: string }): ReactNode {
  return text.split(FENCE).map((part, index) => (index % 2 ? <Code key={index} text={part} /> : <Prose key={index} text={part} />));
}

/** Three back-ticks on a line of their own, to the next such line; while a reply is written, to its end. */
const FENCE = /^```[^\n`]*\n([^]*?)(?:\n?^```[^\S\n]*$|$(?![^]))/m;

function Prose({ text }: { text: string }): ReactNode {
  return text
    .split(/\n{2,}/)
    .filter((block) => block.trim())
    .map((block, index) => <Block key={index} text={block.replace(/^\n+|\n+$/g, "")} />);
}

/** Code keeps its spaces and wraps: nothing to scroll sideways on a phone.  It reads from the left in every language. */
function Code({ text }: { text: string }) {
  return (
    <pre dir="ltr" className="my-2 rounded-2xl bg-canvas px-3.5 py-2.5 text-start text-sm break-words whitespace-pre-wrap ring-1 ring-line/60 first:mt-0 last:mb-0">
      <code>{text}</code>
    </pre>
  );
}

function Block({ text }: { text: string }): ReactNode {
  const lines = text.split("\n");
  if (lines.every((line) => /^\s*[-•*]\s+/.test(line))) {
    return (
      <ul dir="auto" className="my-2 list-disc space-y-1 ps-5 first:mt-0 last:mb-0">
        {lines.map((line, index) => (
          <li key={index}>{inline(line.replace(/^\s*[-•*]\s+/, ""))}</li>
        ))}
      </ul>
    );
  }
  return (
    <p dir="auto" className="my-2 first:mt-0 last:mb-0">
      {lines.map((line, index) => (
        <Fragment key={index}>
          {index > 0 && <br />}
          {inline(line)}
        </Fragment>
      ))}
    </p>
  );
}

const INLINE = /(\*\*[^*\n]+\*\*|\*[^*\n]+\*|(?<!\w)_[^_\n]+_(?!\w)|`[^`\n]+`)/;

function inline(text: string): ReactNode[] {
  return text.split(INLINE).map((part, index) => {
    if (part.length > 4 && part.startsWith("**") && part.endsWith("**")) return <strong key={index}>{part.slice(2, -2)}</strong>;
    if (part.length > 2 && /^([*_]).*\1$/s.test(part))
      return (
        <em key={index} className="text-muted">
          {part.slice(1, -1)}
        </em>
      );
    if (part.length > 2 && part.startsWith("`") && part.endsWith("`")) return <code key={index} className="rounded-md bg-canvas px-1 py-px text-[0.92em]">{part.slice(1, -1)}</code>;
    return part;
  });
}

/** The words alone, for where nothing can be set in italics. */
export function plain(text: string): string {
  return text.replace(/[*`]|(?<!\w)_|_(?!\w)/g, "");
}
