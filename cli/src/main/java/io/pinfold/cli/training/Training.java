package io.pinfold.cli.training;

import io.pinfold.cli.console.Console;
import io.pinfold.cli.ctl.CtlMain;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Does what a program does most often, against an API of its own, and prints nothing. */
public final class Training {

    private static final List<String> COMMANDS = List.of("--version", "--help", "id", "--enc json id", "peers ls",
            "pin ls", "pin ls %s", "--enc=json pin ls", "pin add --no-status --name n %s", "pin rm --no-status %s",
            "status", "status --local", "status %s", "recover", "sync", "version", "health metrics ping",
            "health alerts", "pin add %s", "pin add x", "nothing", "pin add --help");

    private Training() {}

    /** Trains the program that the argument names: {@code ctl} or {@code service}, whose cache {@code follow} uses too. */
    public static void main(String[] arguments) throws Exception {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Console console = Console.ofProcess();
        Console quiet = new Console(InputStream.nullInputStream(), nowhere, nowhere, Map.of(), console.home(), false,
                false, false,
                console.clock(), _ -> {});
        switch (arguments[0]) {
            case "ctl" -> ctl(quiet);
            case "service" -> PeerTraining.run(quiet);
            default -> throw new IllegalArgumentException("no program " + arguments[0]);
        }
    }

    private static void ctl(Console console) throws Exception {
        try (CannedApi api = new CannedApi()) {
            for (String command : COMMANDS) {
                String line = command.formatted(CannedApi.CID);
                String[] words = (line.equals("--version") ? line : "--host " + api.address() + " " + line).split(" ");
                CtlMain.run(console, words);
            }
        }
    }
}
