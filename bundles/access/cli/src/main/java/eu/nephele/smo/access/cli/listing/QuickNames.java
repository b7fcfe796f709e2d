// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.listing;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.client.ServerConnection;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code get KIND -o name} without the parser of commands, which takes a third of the time of such a command: scripts and completions call
 * it again and again. What it does not know is left to the parser.
 */
public final class QuickNames {

    private static final Set<String> WITH_VALUE =
            Set.of("-o", "--output", "-p", "--project", "--url", "--port", "--context", "--token-file", "--ca");
    private static final Map<String, String> LONG = Map.of("-o", "--output", "-p", "--project", "-A", "--all-projects");

    private final Map<String, String> environment;

    public QuickNames(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Writes the names if that is all that is asked for.
     *
     * @return whether it was
     * @throws eu.nephele.smo.access.cli.client.CallFailed when the server does not answer as expected
     */
    public boolean write(List<String> arguments, PrintWriter out) {
        Optional<Map<String, String>> options = options(arguments);
        Optional<ListedKind> kind = options.filter(given -> "name".equals(given.get("--output")))
                .flatMap(given -> Optional.ofNullable(given.get("KIND")))
                .flatMap(said -> new KnownKinds().find(said))
                .filter(listed -> listed.scope() != ListedKind.KindScope.GRAPH);
        if (options.isEmpty() || kind.isEmpty()) {
            return false;
        }
        Map<String, String> given = options.get();
        try {
            ServerConnection connection = connection(given);
            Optional<String> project = given.containsKey("--all-projects")
                    ? Optional.empty()
                    : option(given, "--project").or(connection::project);
            RestCalls calls = connection.calls();
            ListRequest request =
                    new ListRequest(kind.get().name(), List.of(), project, Optional.empty(), ListRequest.MANY);
            ResourceReader reader = new ResourceReader(calls, kind.get());
            for (JsonNode item : reader.read(request)) {
                out.println(reader.name(item, reader.hasSeveralProjects(request)));
            }
            out.flush();
            return true;
        } catch (IllegalArgumentException unclear) {
            // The parser says what is wrong.
            return false;
        }
    }

    private ServerConnection connection(Map<String, String> given) {
        return new ServerConnection(
                option(given, "--url"),
                option(given, "--port").map(Integer::valueOf),
                option(given, "--token-file").map(Path::of),
                option(given, "--ca").map(Path::of),
                option(given, "--context"),
                environment);
    }

    private static Optional<String> option(Map<String, String> given, String name) {
        return Optional.ofNullable(given.get(name));
    }

    /** Options by their long names, and the kind; empty when something else is there. */
    private static Optional<Map<String, String>> options(List<String> arguments) {
        if (arguments.isEmpty() || !arguments.get(0).equals("get")) {
            return Optional.empty();
        }
        Map<String, String> options = new HashMap<>();
        for (int at = 1; at < arguments.size(); at++) {
            String said = arguments.get(at);
            String name = LONG.getOrDefault(said, said);
            if (WITH_VALUE.contains(said) && at + 1 < arguments.size()) {
                at++;
                options.put(name, arguments.get(at));
            } else if (name.equals("--all-projects")) {
                options.put(name, "");
            } else if (!said.startsWith("-") && !options.containsKey("KIND")) {
                options.put("KIND", said);
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(options);
    }
}
