import { createBrowserRouter } from "react-router";
import { Shell } from "@/app/shell";
import { LoginPage } from "@/features/auth/login-page";
import { RegisterPage } from "@/features/auth/register-page";
import { CompanionsPage } from "@/features/companions/companions-page";
import { CrashPage } from "@/app/crash-page";
import { Empty, HomeLink, Loading } from "@/components/ui/states";
import { useTitle } from "@/lib/title";

function NotFound() {
  useTitle("Not found");
  return (
    <div className="grid min-h-[60dvh] place-content-center">
      <Empty icon="place" title="Nothing here" text="This page does not exist (any more).">
        <HomeLink />
      </Empty>
    </div>
  );
}

export const router = createBrowserRouter([
  { path: "/login", element: <LoginPage />, errorElement: <CrashPage /> },
  { path: "/register", element: <RegisterPage />, errorElement: <CrashPage /> },
  {
    path: "/",
    element: <Shell />,
    HydrateFallback: Loading,
    errorElement: <CrashPage />,
    children: [
      { index: true, element: <CompanionsPage /> },
      { path: "companions/new", lazy: async () => ({ Component: (await import("@/features/companions/wizard-page")).WizardPage }) },
      {
        path: "companions/:companionId/edit",
        lazy: async () => ({ Component: (await import("@/features/companions/wizard-page")).WizardPage }),
      },
      { path: "chat/:companionId", lazy: async () => ({ Component: (await import("@/features/chat/chat-page")).ChatPage }) },
      { path: "gallery", lazy: async () => ({ Component: (await import("@/features/gallery/all-pictures-page")).AllPicturesPage }) },
      { path: "gallery/:companionId", lazy: async () => ({ Component: (await import("@/features/gallery/gallery-page")).GalleryPage }) },
      { path: "settings", lazy: async () => ({ Component: (await import("@/features/settings/settings-page")).SettingsPage }) },
      { path: "*", element: <NotFound /> },
    ],
  },
]);
