import { cleanup, render } from "@testing-library/react";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { Markdown } from "@/lib/markdown";

afterEach(cleanup);

const html = (text: string) => render(<Markdown text={text} />).container;

describe("what companions write", () => {
  it("sets fenced code as it is, blank lines, stars and all", () => {
    const box = html("Look:\n```python\ndef f():\n\n    return 2 ** 3 ** 2\n```\nNice, *isn't it*?");
    expect(box.querySelector("pre")?.textContent).toBe("def f():\n\n    return 2 ** 3 ** 2");
    expect([...box.querySelectorAll("p")].map((p) => p.textContent)).toEqual(["Look:", "Nice, isn't it?"]);
    expect(box.querySelectorAll("em")).toHaveLength(1);
  });

  it("sets code that is still being written", () => {
    const box = html("Here:\n```js\nlet a = 1;\n\nlet b");
    expect(box.querySelector("pre")?.textContent).toBe("let a = 1;\n\nlet b");
  });

  it("sets two pieces of code with words between them", () => {
    const box = html("```\na\n```\nthen\n```\nb\n```");
    expect([...box.querySelectorAll("pre")].map((pre) => pre.textContent)).toEqual(["a", "b"]);
    expect(box.querySelector("p")?.textContent).toBe("then");
  });

  it("lets each paragraph find its own direction", () => {
    const box = html("Hello\n\nשלום, מה שלומך?");
    expect([...box.querySelectorAll("p")].map((p) => p.getAttribute("dir"))).toEqual(["auto", "auto"]);
  });

  it("never makes HTML, links or pictures, and never loses a letter", () => {
    const box = html('<img src=x onerror="alert(1)"> ![x](http://x) [y](javascript:z)');
    expect(box.querySelector("img, a, script")).toBeNull();
    expect(box.textContent).toBe('<img src=x onerror="alert(1)"> ![x](http://x) [y](javascript:z)');
    const word = fc.constantFrom("a", "ش", "👩‍🚀", "<b>", "```", "\n", "\n\n", "&", "1");
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        cleanup();
        const letters = (text: string) => text.replace(/[\s`]/g, "");
        const said = words.join("");
        const fenced = /^```[^\n`]+$/m.test(said); // a fence's own line names a language: that is not shown
        if (!fenced) expect(letters(html(said).textContent)).toBe(letters(said));
      }),
    );
  });
});
