import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { AuthFrame } from "@/features/auth/auth-frame";
import { persistently, post, type User } from "@/lib/api";

export function LoginPage() {
  const [identifier, setIdentifier] = useState("");
  const [password, setPassword] = useState("");
  const [search] = useSearchParams();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const login = useMutation({
    mutationFn: () => persistently(() => post<{ user: User }>("auth/login", { identifier, password })),
    onSuccess: ({ user }) => {
      queries.setQueryData(["me"], user);
      const next = search.get("next") ?? "/";
      void navigate(next.startsWith("/") && !next.startsWith("//") ? next : "/", { replace: true });
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    login.mutate();
  };
  return (
    <AuthFrame title="Welcome back">
      <form onSubmit={submit} className="space-y-4">
        <Field label="E-mail or username" name="identifier" autoComplete="username" autoCapitalize="none" required value={identifier} onChange={(e) => setIdentifier(e.target.value)} />
        <Field label="Password" name="password" type="password" autoComplete="current-password" required value={password} onChange={(e) => setPassword(e.target.value)} />
        {login.isError && (
          <p role="alert" className="rounded-2xl bg-bad-soft px-4 py-3 text-sm text-bad">
            {login.error.message}
          </p>
        )}
        <Button type="submit" busy={login.isPending} className="w-full">
          Log in
        </Button>
      </form>
      <p className="mt-6 text-center text-muted">
        New here?{" "}
        <Link to="/register" className="inline-block py-2.5 font-semibold text-accent underline-offset-4 hover:underline">
          Create an account
        </Link>
      </p>
    </AuthFrame>
  );
}
