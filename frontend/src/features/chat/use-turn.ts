import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import { get, persistently, type ServerFrame, type Turn } from "@/lib/api";
import { begin, characters, reduce, snapshot, type Live } from "@/features/chat/chat-stream";
import { socket, useSocket } from "@/lib/socket";

/** How long a turn may say nothing before it is asked after, with and without a socket. */
const QUIET_MS = 6_000;
const AWAY_MS = 3_000;

type Props = {
  companionId: string;
  /** The turn the server says runs, when the page is opened in its midst. */
  activeTurn: string | null | undefined;
  /** The turn of a newest message that has no reply: it may have failed before this page was opened. */
  unanswered: string | null | undefined;
  /** Something changed that the page does not know of: read history and companion again. */
  onChange: () => void;
};

/** The turn in progress, whoever started it: this tab, another one, or this page before a reload. */
export function useTurn({ companionId, activeTurn, unanswered, onChange }: Props) {
  const connection = useSocket();
  const [live, setLive] = useState<Live | null>(null);
  const looked = useRef(new Set<string>());

  const follow = useCallback((turn: Turn) => {
    looked.current.add(turn.id);
    // Frames may have been quicker than the answer: what they showed stays.
    setLive((now) => (now?.turnId === turn.id && now.status !== "failed" ? snapshot(now, turn) : begin(turn)));
    socket.send({ action: "subscribe", turn_id: turn.id, from: characters(turn.text) });
  }, []);

  const catchUp = useCallback(async (turnId: string) => {
    const turn = await persistently(() => get<Turn>(`turns/${turnId}`)).catch(() => null);
    if (turn) setLive((now) => (now?.turnId === turnId ? snapshot(now, turn) : now));
    return turn;
  }, []);
  // A turn that went on while nothing was heard of it: the socket is open here and gone there.
  const lookAfter = useEffectEvent(async (turnId: string) => {
    if (connection === "open" && performance.now() - socket.heard < QUIET_MS) return;
    const before = live;
    const turn = await catchUp(turnId);
    const wentOn = turn && before && (turn.progress > before.progress || turn.text.length > before.text.length);
    if (connection === "open" && wentOn && performance.now() - socket.heard > QUIET_MS) socket.renew();
  });

  // Every socket of a person gets every frame, so another tab's turn is heard of here.  Whether it is this chat's turn
  // is asked once: a frame names its turn only.
  const overhear = useEffectEvent((frame: ServerFrame) => {
    if (frame.type !== "progress" && frame.type !== "token" && frame.type !== "reset") return;
    const id = frame.turn_id;
    const known = live?.turnId === id ? live.status !== "failed" : looked.current.has(id);
    if (known) return;
    looked.current.add(id);
    void get<Turn>(`turns/${id}`)
      .then((turn) => {
        if (turn.companion_id !== companionId || (turn.status !== "queued" && turn.status !== "running")) return;
        follow(turn);
        onChange();
      })
      .catch(() => looked.current.delete(id)); // the next frame asks again
  });
  useEffect(
    () =>
      socket.listen((frame) => {
        overhear(frame);
        setLive((now) => now && reduce(now, frame));
      }),
    [],
  );

  // A turn that runs already (another tab, a reload) is followed from where it is.
  useEffect(() => {
    if (!activeTurn) return;
    let wanted = true;
    void get<Turn>(`turns/${activeTurn}`)
      .then((turn) => wanted && follow(turn))
      .catch(() => undefined);
    return () => {
      wanted = false;
    };
  }, [activeTurn, follow]);

  // A turn that failed before this page was opened still shows why, and can be tried again.
  useEffect(() => {
    if (!unanswered || activeTurn) return;
    let wanted = true;
    void get<Turn>(`turns/${unanswered}`)
      .then((turn) => wanted && setLive((now) => now ?? begin(turn)))
      .catch(() => undefined);
    return () => {
      wanted = false;
    };
  }, [unanswered, activeTurn]);

  // After a gap, and after a reconnection, the snapshot is the truth; a quiet turn is asked after now and then.
  const liveId = live?.turnId;
  const stale = live?.stale ?? false;
  const active = live?.status === "active";
  useEffect(() => {
    if (liveId && (stale || (connection === "open" && active))) void catchUp(liveId);
  }, [liveId, stale, connection, active, catchUp]);
  useEffect(() => {
    if (!liveId || !active) return;
    const timer = setInterval(() => void lookAfter(liveId), connection === "open" ? QUIET_MS : AWAY_MS);
    return () => clearInterval(timer);
  }, [liveId, active, connection]);
  useEffect(() => {
    if (liveId && !active) onChange();
  }, [liveId, active, onChange]);

  /** Forget a turn that has ended; one that runs stays. */
  const clear = useCallback(() => setLive((now) => (now?.status === "active" ? now : null)), []);
  return { live, active, connection, follow, clear };
}
