package io.pinfold.cli.ctl;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Console;
import io.pinfold.cli.console.Values;
import io.pinfold.cli.ctl.rest.Endpoint;
import io.pinfold.cli.ctl.rest.RestClient;
import io.pinfold.cli.ctl.rest.RestConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options of all commands: where the API is, and how answers are written. They may stand before or behind the command. */
final class GlobalOptions {

    private static final List<String> CREDENTIALS = List.of("PINFOLD_CREDENTIALS", "CLUSTER_CREDENTIALS");

    @Option(names = {"-l",
        "--host"}, scope = ScopeType.INHERIT, paramLabel = "ADDRESS", description = "where the API is: a URL, a multiaddr or unix:PATH, or several separated by commas, tried in order"
                + " (default: " + Endpoint.DEFAULT + ")")
    private String host = Endpoint.DEFAULT;

    @Option(names = {"-s",
        "--https"}, scope = ScopeType.INHERIT, description = "speak TLS where the address does not say")
    private boolean https;

    @Option(names = "--no-check-certificate", description = "do not ask the server to prove who it is")
    private boolean noCheckCertificate;

    @Option(names = {"--encoding",
        "--enc"}, scope = ScopeType.INHERIT, paramLabel = "text|json", description = "how answers are written (default: text)")
    private Encoding encoding = Encoding.TEXT;

    @Option(names = {"-t",
        "--timeout"}, scope = ScopeType.INHERIT, paramLabel = "TIME", description = "longest silence of the API, in seconds or as in 1m30s; 0 for ever (default: 0)")
    private String timeout = "0";

    @Option(names = {"-d", "--debug"}, scope = ScopeType.INHERIT, description = "tell on the error stream what is sent")
    private boolean debug;

    @Option(names = "--basic-auth", scope = ScopeType.INHERIT, paramLabel = "USER[:PASSWORD]", description = "credentials of the API; better in the variable PINFOLD_CREDENTIALS (or CLUSTER_CREDENTIALS),"
            + " where other users of this machine do not see them; implies --https")
    private @Nullable String basicAuth;

    @Option(names = {"-f", "--force-http"}, description = "send credentials without TLS")
    private boolean forceHttp;

    /** What these options make. */
    Session session(Console console) throws Complaint {
        Optional<String> credentials = credentials(console);
        List<Endpoint> endpoints = endpoints();
        String scheme = https || (credentials.isPresent() && !forceHttp) ? "https" : "http";
        for (Endpoint endpoint : endpoints) {
            if (credentials.isPresent() && !forceHttp && !endpoint.isLoopback()
                    && endpoint.url(scheme).startsWith("http:")) {
                throw new Complaint("error: credentials would go to " + endpoint.url(scheme)
                        + " without TLS; use https:// or, if that network is safe, --force-http", ExitCode.LOCAL);
            }
        }
        Consumer<String> log = debug ? line -> console.complain("debug: " + line) : _ -> {};
        RestConfig config = new RestConfig(endpoints, scheme, timeoutMillis(),
                credentials.map(GlobalOptions::header), !noCheckCertificate, log);
        return new Session(console, new RestClient(config), new Printer(console, encoding));
    }

    private List<Endpoint> endpoints() throws Complaint {
        List<Endpoint> endpoints = new ArrayList<>();
        for (String text : host.split(",", -1)) {
            endpoints.add(Values.of("--host " + text.strip(), Endpoint.parse(text.strip()), ExitCode.LOCAL));
        }
        return endpoints;
    }

    private int timeoutMillis() throws Complaint {
        String text = timeout.matches("[0-9]+") ? timeout + "s" : timeout;
        long millis = Values.duration("--timeout " + timeout, text, ExitCode.LOCAL).toMillis();
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }

    private Optional<String> credentials(Console console) {
        if (basicAuth != null) {
            return Optional.of(basicAuth);
        }
        return CREDENTIALS.stream()
                .map(name -> console.environment().getOrDefault(name, ""))
                .filter(text -> !text.isBlank())
                .findFirst();
    }

    private static String header(String credentials) {
        String pair = credentials.indexOf(':') < 0 ? credentials + ":" : credentials;
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
