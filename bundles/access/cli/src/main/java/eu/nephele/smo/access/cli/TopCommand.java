// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.client.CallFailed;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.terminal.Terminal;
import eu.nephele.smo.access.cli.view.RuntimeView;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code top}: the present activity of the server, repeatedly. */
@Command(
        name = "top",
        description =
                "The present activity of the server: passes, queue, slowest graphs, statements, collections, outside"
                        + " systems, strategies.")
final class TopCommand implements Callable<Integer> {

    private static final String RUNTIME = "/api/v1/runtime";

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Spec
    private @Nullable CommandSpec command;

    @Option(names = "--once", description = "Shows it once and ends.")
    private boolean once;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "Asks every so many seconds; default: ${DEFAULT-VALUE}.")
    private int interval;

    @Option(names = "--times", paramLabel = "N", description = "Ends after N times; default: at Ctrl-C.")
    private @Nullable Integer times;

    @Override
    public Integer call() throws InterruptedException {
        if (interval < 1 || (times != null && times < 1)) {
            throw wrong("--interval and --times are 1 or more");
        }
        RestCalls client = connection.client();
        Terminal terminal = connection.terminal();
        if (once) {
            show(terminal, client.get(RUNTIME));
            return 0;
        }
        for (int shown = 1; ; shown++) {
            boolean answered = refresh(terminal, client);
            if (times != null && shown >= times) {
                return answered ? 0 : 1;
            }
            TimeUnit.SECONDS.sleep(interval);
        }
    }

    /** A server that is unavailable for a while is polled again. */
    private static boolean refresh(Terminal terminal, RestCalls client) {
        try {
            JsonNode report = client.get(RUNTIME);
            if (!terminal.isJson()) {
                terminal.screen();
            }
            show(terminal, report);
            return true;
        } catch (CallFailed failed) {
            terminal.screen();
            failed.lines().forEach(terminal::bad);
            return false;
        }
    }

    private static void show(Terminal terminal, JsonNode report) {
        if (terminal.isJson()) {
            terminal.json(report);
        } else {
            RuntimeView.show(terminal, report);
        }
    }

    private ParameterException wrong(String message) {
        CommandSpec spec = command;
        if (spec == null) {
            throw new IllegalStateException("A command that nobody parsed");
        }
        return new ParameterException(spec.commandLine(), message);
    }
}
