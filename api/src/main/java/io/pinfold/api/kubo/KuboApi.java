package io.pinfold.api.kubo;

import io.pinfold.api.http.Call;
import io.pinfold.api.http.Handler;
import io.pinfold.api.http.Reply;
import io.pinfold.api.http.Router;
import io.pinfold.follower.assembly.NodeHolder;
import io.pinfold.follower.view.AddOperations;
import io.pinfold.ipfsnode.view.NodeView;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/** The routes of Kubo's RPC over one embedded node. */
public final class KuboApi {

    /** What every path begins with. */
    public static final String PREFIX = "/api/v0/";

    private KuboApi() {}

    /** A command: its reply, or why there is none. */
    @FunctionalInterface
    interface Command {

        /** Runs it. */
        Reply run(Arguments arguments) throws CommandException;
    }

    /** The routes of the node that {@code holder} has; empty if it has none. */
    public static Optional<Router> routes(NodeHolder holder) {
        return holder.inside().map(node -> routes(node, holder.adding()));
    }

    /** All routes; the node, into which {@code adding} puts, stays open as long as they are used. */
    public static Router routes(NodeView node, AddOperations adding) {
        Router router = routes(node);
        new AddCommands(adding).commands().forEach((path, upload) -> router.add("POST", PREFIX + path, guarded(call -> {
            try {
                return upload.run(call);
            } catch (CommandException e) {
                return e.reply();
            }
        })));
        return router;
    }

    /** The routes that change nothing but what can be had again. */
    public static Router routes(NodeView node) {
        Router router = new Router(new Refusals(), Set.of(Arguments.NAME));
        new NodeCommands(node).commands().forEach((path, command) -> add(router, path, command));
        new BlockCommands(node).commands().forEach((path, command) -> add(router, path, command));
        new FileCommands(node).commands().forEach((path, command) -> add(router, path, command));
        new PinCommands(node).commands().forEach((path, command) -> add(router, path, command));
        new RepositoryCommands(node).commands().forEach((path, command) -> add(router, path, command));
        return router;
    }

    private static void add(Router router, String path, Command command) {
        router.add("POST", PREFIX + path, guarded(call -> run(command, call)));
    }

    static Handler guarded(Handler handler) {
        return call -> BrowserGuard.admits(call.request())
                ? handler.handle(call)
                : KuboReplies.text(403, "403 - Forbidden");
    }

    private static Reply run(Command command, Call call) {
        try {
            return command.run(new Arguments(call.query()));
        } catch (CommandException e) {
            return e.reply();
        }
    }

    private record Refusals() implements Router.Refusals {

        @Override
        public Reply unknown() {
            return KuboReplies.text(404, "404 page not found");
        }

        @Override
        public Reply notAllowed(SortedSet<String> allowed) {
            return KuboReplies.text(405, "405 - Method Not Allowed", Map.of("Allow", "OPTIONS, POST"));
        }

        @Override
        public Reply malformed(String why) {
            return KuboReplies.text(400, why);
        }
    }
}
