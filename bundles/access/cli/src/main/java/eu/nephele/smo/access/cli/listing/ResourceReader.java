// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.listing;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.client.CallFailed;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.listing.ListedKind.KindScope;
import java.util.ArrayList;
import java.util.List;

/** Reads items of a kind, all pages of them. */
public final class ResourceReader {

    private static final int NOT_FOUND = 404;

    /** Lists whose server takes no number of items. */
    private static final List<String> WHOLE = List.of(
            "strategies",
            "objectives",
            "intents",
            "defaults",
            "plugins",
            "signers",
            "shadows",
            "replays",
            "fleet-plans",
            "roles",
            "session-providers",
            "infrastructure-providers",
            "kinds",
            "services");

    /** Kinds whose items are read among the list. */
    private static final List<String> NO_ITEM_PATH = List.of(
            "events",
            "objectives",
            "intents",
            "defaults",
            "signers",
            "keys",
            "grants",
            "roles",
            "sessions",
            "session-providers",
            "projects",
            "strategies");

    private final RestCalls calls;
    private final ListedKind kind;

    public ResourceReader(RestCalls calls, ListedKind kind) {
        this.calls = calls;
        this.kind = kind;
    }

    /** @throws IllegalArgumentException when the request misses something */
    public List<JsonNode> read(ListRequest request) {
        if (request.names().isEmpty()) {
            return list(request);
        }
        return request.names().stream().map(name -> item(request, name)).toList();
    }

    /** Whether items of several projects are among the answers. */
    public boolean hasSeveralProjects(ListRequest request) {
        return kind.scope() == KindScope.PROJECT && request.project().isEmpty();
    }

    public String name(JsonNode item, boolean withProject) {
        return kind.nameOf(item, withProject);
    }

    private List<JsonNode> list(ListRequest request) {
        if (kind.scope() == KindScope.PROJECT) {
            // the list of all projects is answered from memory, with the projects as a filter
            String filter = request.project()
                    .map(project -> "?project=" + RestCalls.encoded(project))
                    .orElse("");
            return pages(kind.listPath() + filter, request.limit());
        }
        if (kind.scope() != KindScope.SERVER && request.project().isEmpty()) {
            throw new IllegalArgumentException("Which project? Give --project P, or set SMO_PROJECT");
        }
        if (kind.scope() == KindScope.GRAPH && request.graph().isEmpty()) {
            throw new IllegalArgumentException(
                    "Which graph? Give --graph NAME: %s belong to a graph".formatted(kind.name()));
        }
        return pages(path(request.project().orElse(""), request.graph().orElse("")), request.limit());
    }

    private JsonNode item(ListRequest request, String said) {
        int slash = kind.scope() == KindScope.PROJECT ? said.indexOf('/') : -1;
        String name = said.substring(slash + 1);
        ListRequest of = slash < 0
                ? request
                : new ListRequest(
                        request.kind(),
                        List.of(),
                        java.util.Optional.of(said.substring(0, slash)),
                        request.graph(),
                        request.limit());
        if (NO_ITEM_PATH.contains(kind.name())) {
            return list(of).stream()
                    .filter(item -> item.at(kind.nameAt()).asText().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("There is no %s '%s'; smo get %s lists them"
                            .formatted(kind.singular(), name, kind.name())));
        }
        if (kind.scope() == KindScope.PROJECT && of.project().isEmpty()) {
            throw new IllegalArgumentException(
                    "Which project? Give PROJECT/%s, --project P, or set SMO_PROJECT".formatted(name));
        }
        if (kind.scope() == KindScope.GRAPH
                && (of.project().isEmpty() || of.graph().isEmpty())) {
            throw new IllegalArgumentException("Which graph? Give --graph NAME, and --project P where none is set");
        }
        String path = path(of.project().orElse(""), of.graph().orElse("")) + RestCalls.path(name.split("/"));
        if (kind.isBrought()) {
            return brought(path, of);
        }
        return calls.get(path);
    }

    /** A resource of a kind of a project needs one, a resource of the server must have none. */
    private JsonNode brought(String path, ListRequest request) {
        try {
            return calls.get(path
                    + request.project()
                            .filter(project -> kind.columns().get(0).heading().equals("project"))
                            .map(project -> "?project=" + RestCalls.encoded(project))
                            .orElse(""));
        } catch (CallFailed missing) {
            throw missing.status() == NOT_FOUND
                    ? missing.with("smo get %s lists what there is".formatted(kind.name()))
                    : missing;
        }
    }

    private String path(String project, String graph) {
        return kind.path()
                .replace("{project}", RestCalls.encoded(project))
                .replace("{graph}", RestCalls.encoded(graph));
    }

    private List<JsonNode> pages(String path, int limit) {
        if (kind.name().equals("events")) {
            return latestEvents(path, limit);
        }
        if (WHOLE.contains(kind.name())) {
            List<JsonNode> found = new ArrayList<>();
            calls.get(path).path("items").forEach(found::add);
            return found.subList(0, Math.min(limit, found.size()));
        }
        return pages(calls, path, limit);
    }

    /** Items of a list, one call for each page of a thousand. */
    public static List<JsonNode> pages(RestCalls calls, String path, int limit) {
        List<JsonNode> found = new ArrayList<>();
        String first = path + (path.contains("?") ? "&" : "?") + "limit=" + Math.min(ListRequest.MANY, limit);
        String cursor = "";
        do {
            JsonNode page = calls.get(cursor.isEmpty() ? first : first + "&cursor=" + RestCalls.encoded(cursor));
            page.path("items").forEach(found::add);
            cursor = page.path("nextCursor").asText("");
        } while (!cursor.isEmpty() && found.size() < limit);
        return found.subList(0, Math.min(limit, found.size()));
    }

    /** The last ones: the list begins with the first one. */
    private List<JsonNode> latestEvents(String path, int limit) {
        long last = calls.get(path + "?limit=1").path("last").asLong();
        List<JsonNode> found = new ArrayList<>();
        long after = Math.max(0, last - limit);
        JsonNode page;
        do {
            page = calls.get(path + "?limit=%d&after=%d".formatted(Math.min(ListRequest.MANY, limit), after));
            page.path("items").forEach(found::add);
            after = page.path("nextAfter").asLong();
        } while (page.path("more").asBoolean() && found.size() < limit);
        return found;
    }
}
