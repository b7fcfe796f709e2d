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

/** The part of Grafana's HTTP interface that is needed here. */
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
     * A dashboard as Grafana has it.
     *
     * @param digest of its content as it was sent, "" where it does not say
     * @param services that it has panels for, where it is that of a graph
     */
    record StoredDashboard(String title, Set<String> tags, int version, String digest, List<String> services) {
        StoredDashboard {
            tags = Set.copyOf(tags);
            services = List.copyOf(services);
        }
    }

    /**
     * Something that was found.
     *
     * @param folderUid folder it is in, "" where it is in none
     */
    record Hit(String uid, Set<String> tags, String folderUid) {
        Hit {
            tags = Set.copyOf(tags);
        }
    }

    /** @param fence asked before each request that changes something */
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
     * @param version of the dashboard whose place it takes, 0 when there is none
     * @return false when somebody else has changed the dashboard since then
     * @throws AdapterException {@code CONFLICT}: another dashboard is in its way
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

    /** Makes a dashboard not exist. */
    void deleteDashboard(String uid) {
        change(HttpCall.of("DELETE", "/api/dashboards/uid/" + uid, "Remove the dashboard " + uid)
                .anyText()
                .expecting(NOT_FOUND));
    }

    /** Makes a folder exist. */
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
                    Kind.CONFLICT,
                    SYSTEM,
                    "%s: a foreign folder has that title; rename that folder".formatted(what));
        }
    }

    /** Makes a folder not exist, with all that is in it except alert rules: a folder that has some stays. */
    void deleteFolder(Folder folder) {
        String path = "/api/folders/" + folder.uid() + "?forceDeleteRules=false";
        change(HttpCall.of("DELETE", path, "Remove the folder '%s'".formatted(folder.title()))
                .anyText()
                .expecting(NOT_FOUND, BAD_REQUEST));
    }

    /** Dashboards that have all these tags, copies that people have made of them included. */
    List<Hit> tagged(List<String> tags) {
        StringBuilder query = new StringBuilder("type=dash-db");
        tags.forEach(tag -> query.append("&tag=").append(encoded(tag)));
        // Grafana says which have the tags; to be sure of what is removed, it is looked at here too
        return search(query.toString()).stream()
                .filter(hit -> hit.tags().containsAll(tags))
                .toList();
    }

    /** All that is in a folder, dashboards and folders. */
    List<Hit> in(Folder folder) {
        // a Grafana that does not know this parameter gives everything
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
