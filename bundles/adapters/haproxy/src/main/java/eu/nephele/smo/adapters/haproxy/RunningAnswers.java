// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Reads what HAProxy answers to {@link #QUESTION}. */
final class RunningAnswers {

    /** The last command tells that the answers to the others are complete. */
    private static final String QUESTION = "show servers state%s;show stat %s 7 -1;smo state";

    /** About proxies as wholes, not about their servers. */
    static final String TOTALS_QUESTION = "show stat -1 3 -1;smo state";

    /** About requests that wait without a member. */
    static final String WAITING_QUESTION = "smo state";

    private static final Pattern BLANKS = Pattern.compile(" +");
    private static final String GENERATION = "generation ";
    private static final String WAITING = "waiting ";
    private static final String FRONTEND = "FRONTEND";
    private static final String BACKEND = "BACKEND";

    private RunningAnswers() {}

    /** About everything that runs. */
    static String question() {
        return QUESTION.formatted("", "-1");
    }

    /** About one proxy. */
    static String question(String proxy) {
        return QUESTION.formatted(" " + proxy, proxy);
    }

    /** Empty when the lines are not a complete answer of a HAProxy. */
    static Optional<RunningView> read(List<String> lines) {
        Optional<AnswerTable> statistics = AnswerTable.find(lines, "# ", "pxname,", CsvLine::split);
        Optional<AnswerTable> servers =
                AnswerTable.find(lines, "# ", "be_id ", line -> List.of(BLANKS.split(line.strip(), -1)));
        boolean nothing = lines.contains("No such proxy.");
        Optional<String> generation = generation(lines);
        if (generation.isEmpty()
                || (statistics.isEmpty() && !nothing)
                || !statistics.map(AnswerTable::complete).orElse(true)
                || !servers.map(AnswerTable::complete).orElse(true)) {
            return Optional.empty();
        }
        Map<String, Map<String, AnswerRow>> rows =
                byProxy(servers.map(AnswerTable::rows).orElse(List.of()), "be_name", "srv_name");
        return Optional.of(new RunningView(
                generation.get(),
                waiting(lines),
                proxies(statistics.map(AnswerTable::rows).orElse(List.of()), rows)));
    }

    /** "" of a HAProxy that does not know the command, as its configuration is not ours. */
    private static Optional<String> generation(List<String> lines) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).startsWith(GENERATION)) {
                return Optional.of(lines.get(i).substring(GENERATION.length()).strip());
            }
            if (lines.get(i).startsWith("Unknown command")) {
                return Optional.of("");
            }
        }
        return Optional.empty();
    }

    /** Requests that wait, by proxy. */
    static Map<String, Long> waiting(List<String> lines) {
        Map<String, Long> waiting = new HashMap<>();
        lines.stream().filter(line -> line.startsWith(WAITING)).forEach(line -> {
            String[] words = line.split(" ", -1);
            if (words.length == 3 && words[2].matches("\\d{1,9}")) {
                waiting.put(words[1], Long.valueOf(words[2]));
            }
        });
        return waiting;
    }

    private static Map<String, Map<String, AnswerRow>> byProxy(List<AnswerRow> rows, String proxy, String name) {
        Map<String, Map<String, AnswerRow>> byProxy = new HashMap<>();
        rows.forEach(row ->
                byProxy.computeIfAbsent(row.text(proxy), any -> new HashMap<>()).put(row.text(name), row));
        return byProxy;
    }

    private static Map<String, RunningProxy> proxies(
            List<AnswerRow> statistics, Map<String, Map<String, AnswerRow>> servers) {
        Map<String, RunningProxy> proxies = new HashMap<>();
        byProxy(statistics, "pxname", "svname").forEach((name, parts) -> {
            if (ProxyNames.workload(name).isPresent()) {
                proxies.put(name, proxy(name, parts, servers.getOrDefault(name, Map.of())));
            }
        });
        return proxies;
    }

    private static RunningProxy proxy(String name, Map<String, AnswerRow> parts, Map<String, AnswerRow> servers) {
        AnswerRow front = parts.getOrDefault(FRONTEND, AnswerRow.EMPTY);
        AnswerRow back = parts.getOrDefault(BACKEND, AnswerRow.EMPTY);
        boolean http = front.text("mode").equals("http");
        OptionalDouble response = http && back.number("lbtot") > 0
                ? OptionalDouble.of((double) back.number("rtime"))
                : OptionalDouble.empty();
        Map<String, RunningServer> running = new HashMap<>();
        servers.forEach((id, row) -> running.put(id, server(id, row, parts.getOrDefault(id, AnswerRow.EMPTY))));
        return new RunningProxy(name, front.number(http ? "req_tot" : "stot"), back.number("qcur"), response, running);
    }

    private static RunningServer server(String id, AnswerRow row, AnswerRow statistics) {
        return new RunningServer(
                id,
                row.text("srv_addr"),
                (int) row.number("srv_port"),
                (int) row.number("srv_uweight"),
                (int) row.number("srv_admin_state"),
                (int) row.number("srv_check_state"),
                statistics.number("scur"),
                statistics.text("status"));
    }
}
