import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { Link, useNavigate } from "react-router";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { AuthFrame } from "@/features/auth/auth-frame";
import { ApiError, persistently, post, type User } from "@/lib/api";

const CODES: Record<string, string> = { email_taken: "email", username_taken: "username" };

export function RegisterPage() {
  const [form, setForm] = useState({ name: "", email: "", username: "", password: "" });
  const [adult, setAdult] = useState(false);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const register = useMutation({
    mutationFn: () => persistently(() => post<{ user: User }>("auth/register", form)),
    onSuccess: ({ user }) => {
      queries.setQueryData(["me"], user);
      void navigate("/", { replace: true });
    },
  });
  const error = register.error;
  const taken = error instanceof ApiError ? CODES[error.code] : undefined;
  const fields = error instanceof ApiError ? { ...error.fields, ...(taken ? { [taken]: error.message } : {}) } : {};
  const set = (name: keyof typeof form) => (event: { target: { value: string } }) => setForm({ ...form, [name]: event.target.value });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    register.mutate();
  };
  return (
    <AuthFrame title="Make yourself at home">
      <form onSubmit={submit} className="space-y-4">
        <Field label="Your name" name="name" autoComplete="given-name" maxLength={50} required value={form.name} onChange={set("name")} error={fields.name} hint="What your companions call you." />
        <Field label="E-mail" name="email" type="email" autoComplete="email" required value={form.email} onChange={set("email")} error={fields.email} />
        <Field label="Username" name="username" autoComplete="username" autoCapitalize="none" pattern="[A-Za-z0-9_]{3,20}" title="3–20 letters, digits or _" required value={form.username} onChange={set("username")} error={fields.username} hint="3–20 letters, digits or _" />
        <Field label="Password" name="password" type="password" autoComplete="new-password" minLength={8} maxLength={1024} required value={form.password} onChange={set("password")} error={fields.password} hint={strength(form.password)} />
        <label className="flex min-h-11 items-start gap-3 text-sm">
          <input type="checkbox" required checked={adult} onChange={(e) => setAdult(e.target.checked)} className="mt-0.5 size-5 accent-(--c-accent)" />
          <span>I am 18 or older, and I know that companions are AI characters, not people.</span>
        </label>
        {error && Object.keys(fields).length === 0 && (
          <p role="alert" className="rounded-2xl bg-bad-soft px-4 py-3 text-sm text-bad">
            {error.message}
          </p>
        )}
        <Button type="submit" busy={register.isPending} className="w-full">
          Create account
        </Button>
      </form>
      <p className="mt-6 text-center text-muted">
        Already here?{" "}
        <Link to="/login" className="inline-block py-2.5 font-semibold text-accent underline-offset-4 hover:underline">
          Log in
        </Link>
      </p>
    </AuthFrame>
  );
}

/** A hint that grows with the password: length is what counts. */
function strength(password: string): string {
  if (password.length === 0) return "At least 8 characters; a short sentence is best.";
  if (password.length < 8) return `${8 - password.length} more to go.`;
  return password.length < 12 ? "Fine. Longer is stronger." : "Strong.";
}
