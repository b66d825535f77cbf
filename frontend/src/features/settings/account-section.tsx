import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/states";
import { ApiError, get, patch, post, remove, type Session, type User } from "@/lib/api";
import { clock, dayOf } from "@/lib/times";

export function AccountSection({ user }: { user: User }) {
  return (
    <section className="space-y-6 rounded-3xl bg-surface p-5 shadow-soft ring-1 ring-line/60 sm:p-6">
      <h2 className="text-xl">Account</h2>
      <ProfileForm user={user} />
      <PasswordForm />
      <Sessions />
    </section>
  );
}

function ProfileForm({ user }: { user: User }) {
  const queries = useQueryClient();
  const [form, setForm] = useState({ name: user.name, email: user.email, username: user.username });
  const save = useMutation({
    mutationFn: () => patch<User | { user: User }>("me", form),
    onSuccess: (value) => queries.setQueryData(["me"], "user" in value ? value.user : value),
  });
  const fields = save.error instanceof ApiError ? save.error.fields : {};
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit} className="grid gap-4 sm:grid-cols-3">
      <Field label="Name" maxLength={50} required value={form.name} onChange={(e) => setForm({ ...form, name: e.target.value })} error={fields.name} />
      <Field label="E-mail" type="email" required value={form.email} onChange={(e) => setForm({ ...form, email: e.target.value })} error={fields.email} />
      <Field label="Username" required value={form.username} onChange={(e) => setForm({ ...form, username: e.target.value })} error={fields.username} />
      <div className="flex items-center gap-3 sm:col-span-3">
        <Button type="submit" look="outline" busy={save.isPending}>
          Save profile
        </Button>
        <Notice text={save.isSuccess ? "Saved." : null} />
        {save.isError && Object.keys(fields).length === 0 && <p role="alert" className="text-sm text-bad">{save.error.message}</p>}
      </div>
    </form>
  );
}

function PasswordForm() {
  const [form, setForm] = useState({ current_password: "", new_password: "" });
  const save = useMutation({
    mutationFn: () => post("me/password", form),
    onSuccess: () => setForm({ current_password: "", new_password: "" }),
  });
  const fields = save.error instanceof ApiError ? save.error.fields : {};
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit} className="grid gap-4 sm:grid-cols-2">
      <Field label="Current password" type="password" autoComplete="current-password" required value={form.current_password} onChange={(e) => setForm({ ...form, current_password: e.target.value })} error={fields.current_password} />
      <Field label="New password" type="password" autoComplete="new-password" minLength={8} required value={form.new_password} onChange={(e) => setForm({ ...form, new_password: e.target.value })} error={fields.new_password} />
      <div className="flex items-center gap-3 sm:col-span-2">
        <Button type="submit" look="outline" busy={save.isPending}>
          Change password
        </Button>
        <Notice text={save.isSuccess ? "Changed. Other devices were logged out." : null} />
        {save.isError && Object.keys(fields).length === 0 && <p role="alert" className="text-sm text-bad">{save.error.message}</p>}
      </div>
    </form>
  );
}

function Sessions() {
  const queries = useQueryClient();
  const list = useQuery({ queryKey: ["sessions"], queryFn: () => get<{ items: Session[] }>("me/sessions") });
  const revoke = useMutation({
    mutationFn: (id: string) => remove(`me/sessions/${id}`),
    onSettled: () => void queries.invalidateQueries({ queryKey: ["sessions"] }),
  });
  return (
    <div>
      <h3 className="mb-2 text-base">Where you are logged in</h3>
      <ul className="divide-y divide-line">
        {list.data?.items.map((session) => (
          <li key={session.id} className="flex items-center gap-3 py-2.5 text-sm">
            <span className="min-w-0 flex-1">
              <span className="block truncate">{device(session.user_agent)}</span>
              <span className="text-muted">last seen {dayOf(session.last_seen_at)}, {clock(session.last_seen_at)}</span>
            </span>
            {session.current ? (
              <span className="text-good">this device</span>
            ) : (
              <Button look="outline" small onClick={() => revoke.mutate(session.id)}>
                Log out
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function device(agent: string): string {
  const browser = /Firefox|Edg|Chrome|Safari/.exec(agent)?.[0].replace("Edg", "Edge") ?? "A program";
  const system = /Android|iPhone|iPad|Mac OS|Windows|Linux/.exec(agent)?.[0];
  return system ? `${browser} on ${system}` : browser;
}
