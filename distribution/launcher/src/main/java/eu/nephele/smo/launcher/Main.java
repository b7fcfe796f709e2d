// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Starts the server; see {@link Options#USAGE}. */
public final class Main {

    private Main() {}

    /**
     * Runs until the server is stopped by SIGTERM, SIGINT or from inside.
     *
     * @param arguments see {@link Options#USAGE}
     */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        PrintStream out = System.out;
        boolean json = arguments.contains("--json");
        Console console = new Console(out, System.err, json);
        if (json) {
            // a reader of events must read nothing else there: neither output of the framework nor that of a plugin
            System.setOut(System.err);
        }
        Path home = Path.of(System.getProperty("user.home"));
        try {
            Options options = Options.parse(arguments, System.getenv(), home);
            if (options.help()) {
                out.print(Options.USAGE);
                return 0;
            }
            if (options.port() != 0) {
                return started(options, home, console);
            }
            try (ReservedPort port = ReservedPort.on(ListenAddress.address(options.host()))) {
                return started(options.withPort(port.number()), home, console);
            }
        } catch (ServerStartException failure) {
            console.failure(failure.problem());
            return failure.exitCode();
        } catch (IOException failure) {
            console.failure("The server cannot write its files: " + failure);
            return ServerStartException.BROKEN;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return ServerStartException.BROKEN;
        }
    }

    private static int started(Options options, Path home, Console console)
            throws ServerStartException, IOException, InterruptedException {
        return new ServerRun(Installation.ofRunningProgram(), options, home, console).run();
    }

    static Map<String, String> systemProperties(Installation installation, DataDirectory data) {
        return Map.of(
                "java.io.tmpdir", data.tmp().toString(),
                "smo.data", data.root().toString(),
                // webhooks connect to the address that was checked, and send the host name separately
                "jdk.httpclient.allowRestrictedHeaders", "host",
                "java.util.logging.config.file",
                        installation
                                .home()
                                .resolve("etc")
                                .resolve("logging.properties")
                                .toString(),
                "logback.configurationFile",
                        installation.logConfiguration(data).toUri().toString());
    }
}
