import { createBrowserRouter } from "react-router";
import { Shell } from "@/app/shell";
import { LoginPage } from "@/features/auth/login-page";
import { RegisterPage } from "@/features/auth/register-page";
import { ChatPage } from "@/features/chat/chat-page";
import { CompanionsPage } from "@/features/companions/companions-page";
import { CrashPage } from "@/app/crash-page";
import { Empty, HomeLink } from "@/components/ui/states";
import { useTitle } from "@/lib/title";

function NotFound() {
  useTitle("Not found");
  return (
    <div className="grid min-h-[60dvh] place-content-center">
      <Empty title="Nothing here" text="This page does not exist (any more).">
        <HomeLink />
      </Empty>
    </div>
  );
}

export const router = createBrowserRouter([
  { path: "/login", element: <LoginPage /> },
  { path: "/register", element: <RegisterPage /> },
  {
    path: "/",
    element: <Shell />,
    errorElement: <CrashPage />,
    children: [
      { index: true, element: <CompanionsPage /> },
      { path: "companions/new", lazy: async () => ({ Component: (await import("@/features/companions/wizard-page")).WizardPage }) },
      {
        path: "companions/:companionId/edit",
        lazy: async () => ({ Component: (await import("@/features/companions/wizard-page")).WizardPage }),
      },
      { path: "chat/:companionId", element: <ChatPage /> },
      {
        path: "gallery/:companionId",
        lazy: async () => ({ Component: (await import("@/features/gallery/gallery-page")).GalleryPage }),
      },
      { path: "settings", lazy: async () => ({ Component: (await import("@/features/settings/settings-page")).SettingsPage }) },
      { path: "*", element: <NotFound /> },
    ],
  },
]);
