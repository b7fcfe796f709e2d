// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import static eu.nephele.smo.adapters.haproxy.AnswerTable.number;
import static eu.nephele.smo.adapters.haproxy.AnswerTable.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads what HAProxy answers to {@link #QUESTION}. */
final class RunningAnswers {

    /** The last command tells that the answers to the others are complete. */
    private static final String QUESTION = "show servers state%s;show stat %s 7 -1;smo state";

    /** About requests that wait without a member. */
    static final String WAITING_QUESTION = "smo state";

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
        Optional<AnswerTable> servers = AnswerTable.find(
                lines, "# ", "be_id ", line -> List.of(line.strip().split(" +", -1)));
        boolean nothing = lines.contains("No such proxy.");
        Optional<String> generation = generation(lines);
        if (generation.isEmpty()
                || (statistics.isEmpty() && !nothing)
                || !statistics.map(AnswerTable::complete).orElse(true)
                || !servers.map(AnswerTable::complete).orElse(true)) {
            return Optional.empty();
        }
        Map<String, Map<String, Map<String, String>>> rows = new HashMap<>();
        servers.map(AnswerTable::rows).orElse(List.of()).forEach(row -> rows.computeIfAbsent(
                        text(row, "be_name"), any -> new HashMap<>())
                .put(text(row, "srv_name"), row));
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
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            if (line.startsWith(WAITING) && words.length == 3 && words[2].matches("\\d{1,9}")) {
                waiting.put(words[1], Long.valueOf(words[2]));
            }
        }
        return waiting;
    }

    private static Map<String, RunningProxy> proxies(
            List<Map<String, String>> statistics, Map<String, Map<String, Map<String, String>>> rows) {
        Map<String, Map<String, Map<String, String>>> byProxy = new HashMap<>();
        statistics.forEach(row -> byProxy.computeIfAbsent(text(row, "pxname"), any -> new HashMap<>())
                .put(text(row, "svname"), row));
        Map<String, RunningProxy> proxies = new HashMap<>();
        byProxy.forEach((name, parts) -> {
            if (ProxyNames.workload(name).isPresent()) {
                proxies.put(name, proxy(name, parts, rows.getOrDefault(name, Map.of())));
            }
        });
        return proxies;
    }

    private static RunningProxy proxy(
            String name, Map<String, Map<String, String>> parts, Map<String, Map<String, String>> servers) {
        Map<String, String> front = parts.getOrDefault(FRONTEND, Map.of());
        Map<String, String> back = parts.getOrDefault(BACKEND, Map.of());
        boolean http = text(front, "mode").equals("http");
        OptionalDouble response = http && number(back, "lbtot") > 0
                ? OptionalDouble.of((double) number(back, "rtime"))
                : OptionalDouble.empty();
        Map<String, RunningServer> running = new HashMap<>();
        servers.forEach((id, row) -> running.put(id, server(id, row, parts.getOrDefault(id, Map.of()))));
        return new RunningProxy(
                name, number(front, http ? "req_tot" : "stot"), number(back, "qcur"), response, running);
    }

    private static RunningServer server(String id, Map<String, String> row, Map<String, String> statistics) {
        return new RunningServer(
                id,
                text(row, "srv_addr"),
                (int) number(row, "srv_port"),
                (int) number(row, "srv_uweight"),
                (int) number(row, "srv_admin_state"),
                (int) number(row, "srv_check_state"),
                number(statistics, "scur"),
                text(statistics, "status"));
    }
}
