// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every operation of the contract that the server serves, called by callers of every role, granted for one project and for all of them,
 * about a graph of their project and of another one. What comes of it has to follow from {@code x-smo-permission} and from the table of
 * roles below, which is written down here a second time on purpose.
 */
class PermissionMatrixIT {

    private static final int PORT = Distribution.freePort();
    private static final Settings SETTINGS =
            Settings.fresh().world(new int[] {64, 64}).with("eu.nephele.smo.access.security", "requireToken=true");
    private static final RestClient CLIENT = RestClient.unchecked(PORT);
    private static final Sample GRAPH = Sample.named("minimal.yaml");
    private static final List<String> ROLES = List.of("viewer", "deployer", "operator", "plugin-admin", "admin");
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private static final Set<String> SHARED = Set.of("cluster", "plugin", "signer", "strategy", "default");
    private static final Set<String> TRUST =
            Set.of("user", "key", "session", "grant", "audit", "configuration", "database");
    private static final Set<String> OF_PROJECTS = Set.of("graph", "replay", "shadow");
    private static final Set<String> OF_PLUGINS = Set.of("plugin", "signer", "strategy", "default");
    /** Never ends, takes seconds each time, or is no answer to a single call. */
    private static final Set<String> LEFT_OUT = Set.of("streamEvents", "headOfStream", "profileServer");

    /** Take the project in the query, in the body, or from what they name. */
    private static final Set<String> OF_NAMED_PROJECT = Set.of(
            "sweepWeights",
            "sweepScaling",
            "beginShadow",
            "addGrant",
            "getOperation",
            "getOperationTrace",
            "cancelOperation");

    private static final Set<String> WITH_DESCRIPTOR = Set.of("deploy", "deployGraph", "updateGraph", "planGraph");

    /** Reads of what this server does not have. */
    private static final Set<String> ABSENT = Set.of(
            "getFleetPlan",
            "getInfrastructureRequest",
            "getPlan",
            "getPlugin",
            "getReplay",
            "getResource",
            "getShadow",
            "listPluginUses",
            "sweepScaling");

    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static ServerProcess server;
    private static String adminToken;
    private static final List<Caller> CALLERS = new ArrayList<>();
    private static final Map<String, String> KNOWN = new TreeMap<>();
    /** A decision of each project. */
    private static final Map<String, String> DECISIONS = new TreeMap<>();

    /** An operation of each project. */
    private static final Map<String, String> OPERATIONS = new TreeMap<>();

    /**
     * @param role "" for none
     * @param grantedIn project, "" for all
     * @param token "" for no credentials
     */
    private record Caller(String role, String grantedIn, String token) {

        boolean may(String verb, String kind, String project) {
            if (role.isEmpty()) {
                return false;
            }
            if (verb.equals("read") && SHARED.contains(kind)) {
                return true;
            }
            if (verb.equals("operate") && kind.equals("alert")) {
                return Set.of("deployer", "operator", "admin").contains(role);
            }
            if (!verb.equals("read") && kind.equals("quota")) {
                return role.equals("admin") && grantedIn.isEmpty();
            }
            if (!grantedIn.isEmpty() && !grantedIn.equals(project)) {
                return false;
            }
            boolean reads = verb.equals("read") && !TRUST.contains(kind);
            return switch (role) {
                case "viewer" -> reads;
                case "deployer" ->
                    reads || (!TRUST.contains(kind) && (!project.isEmpty() || OF_PROJECTS.contains(kind)));
                case "operator" ->
                    (!TRUST.contains(kind) && !List.of("plugin", "signer").contains(kind))
                            || (verb.equals("read") && kind.equals("audit"));
                case "plugin-admin" -> OF_PLUGINS.contains(kind);
                default -> true;
            };
        }

        @Override
        public String toString() {
            if (token.isEmpty()) {
                return "nobody";
            }
            return role.isEmpty() ? "without a grant" : role + (grantedIn.isEmpty() ? " of all" : " of " + grantedIn);
        }
    }

    /** @param permission as the contract says */
    private record Called(String method, String template, JsonNode operation, String permission) {

        String id() {
            return operation.path("operationId").asText();
        }

        boolean isRead() {
            return method.equals("get");
        }
    }

    @BeforeAll
    static void start() throws Exception {
        server = ServerProcess.ready(PORT, SETTINGS.data());
        adminToken =
                Files.readString(SETTINGS.data().resolve("etc/admin.token")).strip();
        for (String project : List.of("shop", "other")) {
            deploy(project);
        }
        CALLERS.add(new Caller("", "", ""));
        CALLERS.add(new Caller("", "", key("nothing")));
        for (String role : ROLES) {
            for (String project : List.of("shop", "")) {
                String name = role + (project.isEmpty() ? "-all" : "-" + project);
                CALLERS.add(new Caller(role, project, key(name)));
                grant("key:" + name, role, project);
            }
        }
        learn();
    }

    private static void deploy(String project) throws Exception {
        RestClient.Answer deployed = CLIENT.call(
                "POST",
                "/api/v1/projects/" + project + "/graphs?wait=20",
                GRAPH.as("application/json"),
                authorization(adminToken));
        assertThat(deployed.status()).as(deployed.text()).isIn(200, 202, 409);
    }

    private static String key(String name) throws Exception {
        return asAdmin("POST", "/api/v1/keys", "{\"name\":\"%s\"}".formatted(name), 201)
                .path("token")
                .asText();
    }

    private static void grant(String subject, String role, String project) throws Exception {
        var body = JsonNodeFactory.instance.objectNode().put("subject", subject).put("role", role);
        if (!project.isEmpty()) {
            body.put("project", project);
        }
        asAdmin("POST", "/api/v1/grants", body.toString(), 201);
    }

    private static JsonNode asAdmin(String method, String path, String body, int expected) throws Exception {
        RestClient.Answer answer = CLIENT.call(method, path, body, authorization(adminToken));
        assertThat(answer.status()).as("%s %s %s", method, path, answer.text()).isEqualTo(expected);
        return answer.json();
    }

    private static String[] authorization(String token) {
        return token.isEmpty() ? new String[0] : new String[] {"Authorization", "Bearer " + token};
    }

    /** Things of the server that paths name. */
    private static void learn() throws Exception {
        KNOWN.put("graph", GRAPH.graph());
        KNOWN.put("service", GRAPH.descriptor().at("/hdaGraph/services/0/id").asText());
        KNOWN.put("source", "sim");
        KNOWN.put("kind", "placement");
        KNOWN.put("id", "greedy");
        KNOWN.put(
                "version",
                asAdmin("GET", "/api/v1/strategies/placement", "", 200).path("items").findParents("id").stream()
                        .filter(item -> item.path("id").asText().equals("greedy"))
                        .map(item -> item.path("version").asText())
                        .findFirst()
                        .orElseThrow());
        KNOWN.put("file", "index.html");
        KNOWN.put("revision", "1");
        KNOWN.put("user", "matrix");
        asAdmin("POST", "/api/v1/users", "{\"name\":\"matrix\",\"password\":\"%s\"}".formatted(key("spelt")), 201);
        KNOWN.put(
                "webhook",
                asAdmin("POST", "/api/v1/webhooks", "{\"url\":\"https://hooks.example/in\",\"paused\":true}", 201)
                        .path("id")
                        .asText());
        for (String project : List.of("shop", "other")) {
            DECISIONS.put(
                    project,
                    asAdmin("GET", "/api/v1/projects/%s/graphs/%s/decisions".formatted(project, GRAPH.graph()), "", 200)
                            .at("/items/0/id")
                            .asText());
        }
        KNOWN.put("provider", "sim");
        for (JsonNode operation :
                asAdmin("GET", "/api/v1/operations?limit=1000", "", 200).path("items")) {
            OPERATIONS.put(
                    operation.at("/target/project").asText(),
                    operation.path("id").asText());
        }
        Eventually.within(
                60,
                () -> asAdmin("GET", "/api/v1/clusters", "", 200)
                        .at("/items/0/name")
                        .asText(),
                name -> assertThat(name).isNotEmpty());
        KNOWN.put(
                "cluster",
                asAdmin("GET", "/api/v1/clusters", "", 200).at("/items/0/name").asText());
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static List<Called> operations() throws Exception {
        RestClient.Answer document = CLIENT.call("GET", "/openapi.yaml", "", authorization(adminToken));
        JsonNode contract = new YAMLMapper().readTree(document.text());
        List<Called> operations = new ArrayList<>();
        contract.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    if (METHODS.contains(operation.getKey())) {
                        operations.add(new Called(
                                operation.getKey(),
                                path.getKey(),
                                withBody(contract, operation.getValue()),
                                operation.getValue().path("x-smo-permission").asText()));
                    }
                }));
        // what removes the graph that others need comes last
        operations.sort(Comparator.comparing((Called called) -> called.method().equals("delete")));
        return operations;
    }

    /** With the example of its body in the place of the reference to it. */
    private static JsonNode withBody(JsonNode contract, JsonNode operation) {
        JsonNode examples = operation.at("/requestBody/content/application~1json/examples");
        JsonNode copy = operation.deepCopy();
        if (examples.size() > 0) {
            String reference = examples.elements().next().path("$ref").asText();
            ((ObjectNode) copy).set("exampleBody", contract.at(reference.substring(1) + "/value"));
        }
        return copy;
    }

    @Test
    void whatEachCallerMayFollowsFromTheContractAndItsRole() throws Exception {
        List<Called> operations = operations();
        assertThat(operations).hasSizeGreaterThan(100);
        List<String> wrong = new ArrayList<>();
        Map<String, Integer> calls = new LinkedHashMap<>();
        Set<String> nothingThere = new TreeSet<>();
        for (Called called : operations) {
            if (LEFT_OUT.contains(called.id())) {
                continue;
            }
            boolean inProject = called.template().contains("{project}")
                    || isOfGraph(called)
                    || OF_NAMED_PROJECT.contains(called.id());
            for (String project : inProject ? List.of("shop", "other") : List.of("")) {
                int found = answeredToAdministrator(called, project);
                if (found == 404) {
                    nothingThere.add(called.id());
                }
                for (Caller caller : CALLERS) {
                    judge(called, project, caller, found).ifPresent(wrong::add);
                    calls.merge(called.permission().split(" ")[0], 1, Integer::sum);
                }
            }
        }
        System.out.println(
                "{\"operations\":%d,\"calls\":%s}".formatted(operations.size(), JSON.writeValueAsString(calls)));
        assertThat(wrong).isEmpty();
        assertThat(nothingThere)
                .as("reads of which nobody can tell whether something is hidden or absent")
                .isEqualTo(ABSENT);
    }

    /** What a read answers whoever may see everything; 0 for a change. */
    private static int answeredToAdministrator(Called called, String project) throws Exception {
        if (!called.isRead()) {
            return 0;
        }
        if (!project.isEmpty()) {
            deploy(project);
        }
        return call(called, project, new Caller("admin", "", adminToken)).status();
    }

    /** The reference's paths name a graph without its project. */
    private static boolean isOfGraph(Called called) {
        return called.template().startsWith("/graphs/{name}");
    }

    /** @param found what the administrator was answered; 0 when that says nothing */
    private Optional<String> judge(Called called, String project, Caller caller, int found) throws Exception {
        boolean isExpectedToChange = !called.isRead() && !project.isEmpty() && may(called, project, caller);
        if (isExpectedToChange || (called.isRead() && !project.isEmpty())) {
            deploy(project);
        }
        if (called.id().equals("removeKey") || called.id().equals("rotateKey")) {
            // it may be there already
            CLIENT.call("POST", "/api/v1/keys", "{\"name\":\"spare\"}", authorization(adminToken));
        }
        RestClient.Answer answer = call(called, project, caller);
        String fault = fault(called, project, caller, answer.status());
        if (fault.isEmpty() && found != 0 && may(called, project, caller) && answer.status() != found) {
            fault = found + " as for the administrator";
        }
        if (fault.isEmpty() && called.permission().equals("filtered") && !caller.may("read", "graph", "other")) {
            fault = answer.text().contains("\"other\"") ? "nothing of other projects" : "";
        }
        return fault.isEmpty()
                ? Optional.empty()
                : Optional.of("%s %s (%s%s) by %s: %d, expected %s: %s"
                        .formatted(
                                called.method(),
                                called.template(),
                                called.permission(),
                                project.isEmpty() ? "" : " in " + project,
                                caller,
                                answer.status(),
                                fault,
                                answer.text().lines().findFirst().orElse("")));
    }

    private static boolean may(Called called, String project, Caller caller) {
        String[] words = called.permission().split(" ");
        return words.length == 2 && caller.may(words[0], kind(called, words[1]), project);
    }

    /** What was expected, "" when it is so. */
    private static String fault(Called called, String project, Caller caller, int status) {
        if (called.permission().equals("open")) {
            return isRefusal(status) && !called.id().equals("openSession") ? "an answer for everybody" : "";
        }
        if (caller.token().isEmpty()) {
            return status == 401 ? "" : "401";
        }
        String[] words = called.permission().split(" ");
        if (words.length == 1) {
            return isRefusal(status) ? "an answer for all who are known" : "";
        }
        String kind = kind(called, words[1]);
        if (caller.may(words[0], kind, project)) {
            return isRefusal(status) ? "an answer" : "";
        }
        if (called.id().equals("promoteShadow")) {
            // the shadow has to be seen, and the default to be changed
            return status == 403 || status == 404 ? "" : "403 or 404";
        }
        // the path itself hides nothing
        boolean visible = called.id().equals("metrics") || caller.may("read", kind, project);
        int expected = visible ? 403 : 404;
        return status == expected ? "" : Integer.toString(expected);
    }

    private static String kind(Called called, String word) {
        if (!word.equals("target")) {
            return word;
        }
        return called.template().contains("{operation}") ? "graph" : "infrastructure";
    }

    private static boolean isRefusal(int status) {
        return status == 401 || status == 403 || status >= 500;
    }

    private static RestClient.Answer call(Called called, String project, Caller caller) throws Exception {
        String path = path(called, project);
        String query = query(called, project);
        JsonNode body = called.operation().path("exampleBody");
        if (WITH_DESCRIPTOR.contains(called.id())) {
            body = JSON.readTree(GRAPH.as("application/json"));
        } else if (called.id().equals("beginShadow")) {
            body = JSON.readTree("{\"strategy\":{\"id\":\"first-fit\"},\"project\":\"%s\"}".formatted(project));
        } else if (called.id().equals("addGrant")) {
            body = JSON.readTree("{\"subject\":\"group:x\",\"role\":\"viewer\",\"project\":\"%s\"}".formatted(project));
        }
        String media = called.operation().at("/requestBody/content").isMissingNode()
                ? ""
                : called.operation().at("/requestBody/content").fieldNames().next();
        if (body.isMissingNode() && !media.isEmpty() && !media.equals("application/json")) {
            return CLIENT.upload(
                    called.method().toUpperCase(Locale.ROOT),
                    path + query,
                    media,
                    "PK".getBytes(StandardCharsets.UTF_8),
                    authorization(caller.token()));
        }
        return CLIENT.call(
                called.method().toUpperCase(Locale.ROOT),
                path + query,
                body.isMissingNode() ? "" : body.toString(),
                authorization(caller.token()));
    }

    private static String path(Called called, String project) {
        Matcher parameters = PARAMETER.matcher(called.template());
        StringBuilder path = new StringBuilder();
        while (parameters.find()) {
            String name = parameters.group(1);
            String value =
                    switch (name) {
                        case "project" -> project;
                        case "name" -> called.template().startsWith("/graphs/") ? GRAPH.graph() : KNOWN.get("cluster");
                        case "kind" -> called.template().startsWith("/api/v1/kinds") ? "infrastructure" : "placement";
                        case "key" -> called.template().contains("defaults") ? "initialPlacement" : "spare";
                        case "operation" -> OPERATIONS.getOrDefault(project, "none");
                        case "decision" -> DECISIONS.getOrDefault(project, "none");
                        default -> KNOWN.getOrDefault(name, "none-of-this-name");
                    };
            parameters.appendReplacement(path, Matcher.quoteReplacement(value));
        }
        return parameters.appendTail(path).toString();
    }

    /** Parameters that are required, with values that make sense. */
    private static String query(Called called, String project) {
        return switch (called.id()) {
            case "sweepWeights" -> "?graph=%s/%s&objective=carbon".formatted(project, GRAPH.graph());
            case "sweepScaling" -> "?graph=%s/%s&input=demand".formatted(project, GRAPH.graph());
            default -> isOfGraph(called) ? "?project=" + project : "";
        };
    }
}
