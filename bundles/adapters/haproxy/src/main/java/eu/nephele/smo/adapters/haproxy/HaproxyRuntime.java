// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.OwnerFence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The running HAProxy: read in one question, changed without a reload. */
final class HaproxyRuntime {

    /** HAProxy takes no line that is longer than its buffer of 16 KiB. */
    private static final int LONGEST_LINE = 8_000;

    private static final int CHARACTERS_TOLD = 300;

    /** A question that is asked several times a second holds nobody up. */
    private static final Duration SOON = Duration.ofMillis(500);

    private final String system;
    private final RuntimeSocket socket;
    private final OwnerFence fence;

    HaproxyRuntime(String system, RuntimeSocket socket, OwnerFence fence) {
        this.system = system;
        this.socket = socket;
        this.fence = fence;
    }

    /** All that runs. */
    RunningView look() {
        return read(socket.ask(RunningAnswers.question()));
    }

    /** All proxies, without their servers, of which there may be thousands. */
    RunningView totals() {
        return read(socket.ask(RunningAnswers.TOTALS_QUESTION));
    }

    /** One proxy of all that run. */
    RunningView look(String proxy) {
        return read(socket.ask(RunningAnswers.question(proxy)));
    }

    /** Requests that wait as no member is up, by proxy: the shortest question of all. */
    Map<String, Long> waiting() {
        return RunningAnswers.waiting(socket.within(SOON).ask(RunningAnswers.WAITING_QUESTION));
    }

    private RunningView read(List<String> lines) {
        return RunningAnswers.read(lines)
                .orElseThrow(() -> new AdapterException(
                        Kind.UNAVAILABLE,
                        system,
                        "HAProxy did not answer as it should, or not to the end: %s".formatted(told(lines))));
    }

    /**
     * Sends commands in their order, in as few lines as HAProxy takes. Whether they had their effect, a look tells.
     *
     * @return what HAProxy said, for people
     */
    String change(List<String> commands) {
        StringBuilder said = new StringBuilder();
        List<String> batch = new ArrayList<>();
        int length = 0;
        for (String command : commands) {
            if (length + command.length() > LONGEST_LINE) {
                said.append(send(batch));
                batch.clear();
                length = 0;
            }
            batch.add(command);
            length += command.length() + 1;
        }
        return said.append(send(batch)).toString();
    }

    private String send(List<String> batch) {
        if (batch.isEmpty()) {
            return "";
        }
        fence.require();
        return told(socket.ask(String.join(";", batch)));
    }

    private static String told(List<String> lines) {
        String text = lines.stream().filter(line -> !line.isBlank()).collect(Collectors.joining("; "));
        return text.length() <= CHARACTERS_TOLD ? text : text.substring(0, CHARACTERS_TOLD) + "…";
    }
}
