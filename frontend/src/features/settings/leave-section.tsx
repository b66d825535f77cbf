import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { useNavigate } from "react-router";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Section } from "@/features/settings/section";
import { ApiError, post, remove } from "@/lib/api";
import { forgetOnThisDevice } from "@/lib/session";

/** Ways out: log out here or everywhere, take the data along, delete the account. */
export function LeaveSection() {
  const [deleting, setDeleting] = useState(false);
  const leave = useLeaving("/login");
  const logout = useMutation({
    mutationFn: (everywhere: boolean) => post(everywhere ? "auth/logout-all" : "auth/logout").catch(unlessLoggedOut),
    onSuccess: leave,
  });
  return (
    <Section title="Leave">
      <div className="flex flex-wrap gap-2">
        <Button look="outline" onClick={() => logout.mutate(false)}>
          Log out
        </Button>
        <Button look="outline" onClick={() => logout.mutate(true)}>
          Log out everywhere
        </Button>
        <a href="/api/me/export" download className="inline-flex min-h-11 items-center rounded-full border border-line bg-surface px-5 font-semibold hover:bg-raised">
          Download my data
        </a>
        <Button look="danger" onClick={() => setDeleting(true)}>
          Delete my account
        </Button>
      </div>
      {logout.isError && <p role="alert" className="text-sm text-bad">You are still logged in. {logout.error.message}</p>}
      {deleting && <DeleteDialog onClose={() => setDeleting(false)} />}
    </Section>
  );
}

function DeleteDialog({ onClose }: { onClose: () => void }) {
  const [password, setPassword] = useState("");
  const leave = useLeaving("/register");
  const destroy = useMutation({
    mutationFn: () => remove("me", { password }),
    onSuccess: leave,
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    destroy.mutate();
  };
  return (
    <Dialog title="Delete your account?" onClose={onClose}>
      <form onSubmit={submit} className="space-y-4">
        <p className="text-muted">All companions, chats, memories and pictures are removed for good. This cannot be undone.</p>
        <Field label="Your password" type="password" autoComplete="current-password" required value={password} onChange={(e) => setPassword(e.target.value)} error={destroy.error?.message} />
        <Button type="submit" look="final" busy={destroy.isPending} className="w-full">
          Delete everything
        </Button>
      </form>
    </Dialog>
  );
}

/** Nothing of the person stays in this browser: no page, no draft. */
function useLeaving(next: string) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return () => {
    queries.clear();
    forgetOnThisDevice();
    void navigate(next, { replace: true });
  };
}

function unlessLoggedOut(error: unknown): void {
  if (!(error instanceof ApiError && error.status === 401)) throw error;
}
