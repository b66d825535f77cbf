import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Composer, putInDraft } from "@/features/chat/composer";

beforeEach(() => localStorage.clear());
afterEach(cleanup);

function open(values: { focused?: boolean; onSend?: (text: string) => Promise<void>; onProblem?: (error: unknown) => void } = {}) {
  render(
    <Composer
      companionId="m"
      name="Mara"
      focused={values.focused ?? false}
      busy={false}
      waiting={false}
      wantImage={false}
      onSend={values.onSend ?? (() => Promise.resolve())}
      onStop={vi.fn()}
      onProblem={values.onProblem ?? vi.fn()}
    />,
  );
  return screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Message to Mara" });
}

it("puts what is taken back before what is being written, and goes on behind it", () => {
  putInDraft("m", "and then?");
  putInDraft("m", "Wait,");
  const box = open({ focused: true });
  expect(box.value).toBe("Wait,\nand then?");
  expect(document.activeElement).toBe(box);
  expect(box.selectionStart).toBe(box.value.length);
});

it("does not take the focus when the chat is opened with a draft", () => {
  putInDraft("m", "Wait,");
  expect(document.activeElement).not.toBe(open());
});

it("takes a text back that could not be sent", async () => {
  const refused = new Error("refused");
  const onProblem = vi.fn();
  const box = open({ onSend: () => Promise.reject(refused), onProblem });
  fireEvent.change(box, { target: { value: "Hello" } });
  fireEvent.keyDown(box, { key: "Enter" });
  expect(box.value).toBe("");
  await waitFor(() => expect(box.value).toBe("Hello"));
  expect(onProblem).toHaveBeenCalledWith(refused);
  expect(localStorage.getItem("draft:m")).toBe("Hello");
});
