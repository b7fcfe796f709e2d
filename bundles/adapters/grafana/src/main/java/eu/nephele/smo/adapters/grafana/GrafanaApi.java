// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.adapters.grafana.Dashboard.Folder;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.OwnerFence;
import eu.nephele.smo.api.port.http.HttpAnswer;
import eu.nephele.smo.api.port.http.HttpCall;
import eu.nephele.smo.api.port.http.HttpSystem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The used part of Grafana's HTTP interface. */
final class GrafanaApi {

    static final String SYSTEM = "grafana";

    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;
    private static final int PAGE = 1000;
    private static final int MAX_PAGES = 20;

    private final HttpSystem http;
    private final OwnerFence fence;

    /**
     * @param digest of the content sent, "" if it has none
     * @param services with panels in it, for the dashboard of a graph
     */
    record StoredDashboard(String title, Set<String> tags, int version, String digest, List<String> services) {
        StoredDashboard {
            tags = Set.copyOf(tags);
            services = List.copyOf(services);
        }
    }

    /** @param folderUid its folder, "" for none */
    record Hit(String uid, Set<String> tags, String folderUid) {
        Hit {
            tags = Set.copyOf(tags);
        }
    }

    GrafanaApi(HttpSystem http, OwnerFence fence) {
        this.http = http;
        this.fence = fence;
    }

    private HttpAnswer change(HttpCall call) {
        fence.require();
        return http.send(call);
    }

    Optional<StoredDashboard> dashboard(String uid) {
        String what = "Read the dashboard " + uid;
        HttpAnswer answer =
                http.send(HttpCall.of("GET", "/api/dashboards/uid/" + uid, what).expecting(NOT_FOUND));
        if (answer.status() == NOT_FOUND) {
            return Optional.empty();
        }
        JsonNode dashboard = GrafanaResponseReader.read(answer, what).path("dashboard");
        if (!dashboard.isObject()) {
            throw GrafanaResponseReader.unexpected(what, "it contains no dashboard");
        }
        return Optional.of(new StoredDashboard(
                dashboard.path("title").asText(),
                GrafanaResponseReader.tags(dashboard),
                dashboard.path("version").asInt(),
                Dashboard.digestIn(dashboard.path("description").asText()).orElse(""),
                DashboardFactory.servicesIn(dashboard)));
    }

    /**
     * @param version of the dashboard that it replaces, 0 for none
     * @return false if another client has changed the dashboard since then
     * @throws AdapterException {@code CONFLICT}: another dashboard has its title or uid
     */
    boolean save(Dashboard dashboard, int version) {
        String what = "Save the dashboard '%s'".formatted(dashboard.title());
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("dashboard", dashboard.json(version));
        body.put("folderUid", dashboard.folder().uid()).put("overwrite", false).put("message", "Published by the SMO");
        HttpAnswer answer = change(HttpCall.of("POST", "/api/dashboards/db", what)
                .json(body.toString())
                .expecting(PRECONDITION_FAILED));
        if (answer.status() != PRECONDITION_FAILED) {
            return true;
        }
        JsonNode refusal = GrafanaResponseReader.read(answer, what);
        if ("version-mismatch".equals(refusal.path("status").asText())) {
            return false;
        }
        throw new AdapterException(
                Kind.CONFLICT,
                SYSTEM,
                "%s: Grafana rejects it (%s). Another dashboard in the folder '%s' has its title or uid; rename or remove that one"
                        .formatted(
                                what,
                                GrafanaResponseReader.words(refusal),
                                dashboard.folder().title()));
    }

    /** Does nothing if the dashboard does not exist. */
    void deleteDashboard(String uid) {
        change(HttpCall.of("DELETE", "/api/dashboards/uid/" + uid, "Remove the dashboard " + uid)
                .anyText()
                .expecting(NOT_FOUND));
    }

    /** Does nothing if the folder exists. */
    void ensureFolder(Folder folder) {
        String what = "Create the folder '%s'".formatted(folder.title());
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("uid", folder.uid()).put("title", folder.title());
        HttpAnswer answer = change(HttpCall.of("POST", "/api/folders", what)
                .json(body.toString())
                .expecting(CONFLICT, PRECONDITION_FAILED));
        boolean refused = answer.status() == CONFLICT || answer.status() == PRECONDITION_FAILED;
        if (refused && !isFolder(folder)) {
            throw new AdapterException(
                    Kind.CONFLICT, SYSTEM, "%s: a foreign folder has that title; rename that folder".formatted(what));
        }
    }

    /** Deletes it with its content; a folder with alert rules stays. */
    void deleteFolder(Folder folder) {
        String path = "/api/folders/" + folder.uid() + "?forceDeleteRules=false";
        change(HttpCall.of("DELETE", path, "Remove the folder '%s'".formatted(folder.title()))
                .anyText()
                .expecting(NOT_FOUND, BAD_REQUEST));
    }

    /** Includes copies made by people. */
    List<Hit> tagged(List<String> tags) {
        StringBuilder query = new StringBuilder("type=dash-db");
        tags.forEach(tag -> query.append("&tag=").append(encoded(tag)));
        // Grafana filters by the tags; they are checked here again, because the result is removed
        return search(query.toString()).stream()
                .filter(hit -> hit.tags().containsAll(tags))
                .toList();
    }

    List<Hit> in(Folder folder) {
        // a Grafana without this parameter returns everything
        return search("folderUIDs=" + encoded(folder.uid())).stream()
                .filter(hit -> hit.folderUid().equals(folder.uid()))
                .toList();
    }

    private List<Hit> search(String query) {
        String what = "Search dashboards";
        List<Hit> hits = new ArrayList<>();
        for (int page = 1; page <= MAX_PAGES; page++) {
            String path = "/api/search?%s&limit=%d&page=%d".formatted(query, PAGE, page);
            JsonNode found = GrafanaResponseReader.read(http.send(HttpCall.of("GET", path, what)), what);
            if (!found.isArray()) {
                throw GrafanaResponseReader.unexpected(what, "it is not a list");
            }
            found.forEach(hit -> hits.add(new Hit(
                    hit.path("uid").asText(),
                    GrafanaResponseReader.tags(hit),
                    hit.path("folderUid").asText())));
            if (found.size() < PAGE) {
                return hits;
            }
        }
        throw new AdapterException(
                Kind.REFUSED, SYSTEM, "%s: Grafana found more than %d".formatted(what, PAGE * MAX_PAGES));
    }

    private boolean isFolder(Folder folder) {
        return http.send(HttpCall.of(
                                        "GET",
                                        "/api/folders/" + folder.uid(),
                                        "Read the folder '%s'".formatted(folder.title()))
                                .expecting(NOT_FOUND))
                        .status()
                != NOT_FOUND;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
