// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.listing;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.client.RestCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Kinds that can be listed: those of the contract, and those that bundles of the server bring. */
public final class KnownKinds {

    /**
     * Kind; other names; scope; path of the list; pointer of the name; columns; further columns of {@code -o wide}. A column is
     * {@code HEADING=/pointer}, and behind a bar how it is shown ({@link KindColumn}). A file would have to be found in a jar first.
     */
    private static final String KINDS = """
            graphs; graph g; project; /api/v1/projects/{project}/graphs; /name; GRAPH=/name PHASE=/phase|lower VERSION=/version REVISION=/revision UPDATED=/updatedAt|time; DESIRED=/desired|lower PAUSED=/paused GENERATION=/generation CREATED=/createdAt|time
            services; service svc; graph; /api/v1/projects/{project}/graphs/{graph}/services; /name; SERVICE=/name STATE=/state|lower CLUSTERS=/shares|shares REPLICAS=/replicas READY=/readyReplicas MESSAGE=/message; ARTIFACT=/artifact/reference HOLD=/hold/replicas
            clusters; cluster c; server; /api/v1/clusters; /name; CLUSTER=/name LOCATION=/location READY=/ready CORES-FREE=/available/cpuMillis|cores GIB-FREE=/available/memoryBytes|gib GPUS=/available/gpus; SOURCE=/source CORES=/allocatable/cpuMillis|cores GIB=/allocatable/memoryBytes|gib CORDON=/cordon/reason CO2=/signals/carbonGramsPerKwh
            operations; operation op; server; /api/v1/operations; /id; OPERATION=/id KIND=/kind|lower TARGET=/target|target STATE=/state|lower PROGRESS=/progressPercent CREATED=/createdAt|time MESSAGE=/message; PRINCIPAL=/principal FINISHED=/finishedAt|time CORRELATION=/correlationId
            events; event ev; server; /api/v1/events; /sequence; SEQUENCE=/sequence TIME=/time|time TYPE=/type SUBJECT=/subject MESSAGE=/data/message; OPERATION=/operation ID=/id
            strategies; strategy; server; /api/v1/strategies; /id; KIND=/kind STRATEGY=/id VERSION=/version STATE=/standing/state|lower DECISIONS=/standing/decisions FAULTS=/standing/faults; BUNDLE=/bundle PREFERRED=/preferred WHY=/standing/why
            objectives; objective; server; /api/v1/objectives; /name; OBJECTIVE=/name UNIT=/unit WEIGHT=/defaultWeight; BUNDLE=/bundle VERSION=/version
            intents; intent; server; /api/v1/intents; /name; INTENT=/name BUNDLE=/bundle VERSION=/version;
            defaults; default; server; /api/v1/defaults; /key; KEY=/key VALUE=/value CONFIGURED=/configured REMARK=/remark;
            plugins; plugin; server; /api/v1/plugins; /id; PLUGIN=/id VERSION=/version STATE=/state|lower WHY=/why; FILE=/file SIGNER=/signer INSTALLED=/installedAt|time
            signers; signer; server; /api/v1/signers; /name; SIGNER=/name SCOPE=/scope;
            shadows; shadow; server; /api/v1/shadows; /id; SHADOW=/id KIND=/kind STRATEGY=/strategy/id PROJECT=/project GRAPH=/graph SINCE=/since|time; PRINCIPAL=/principal
            replays; replay; server; /api/v1/replays; /id; REPLAY=/id STATE=/state DECISIONS=/decisions REPLAYED=/replayed IDENTICAL=/identical; STARTED=/startedAt|time MESSAGE=/message
            fleet-plans; fleet-plan plan; server; /api/v1/fleet/plans; /id; PLAN=/id STATE=/state MOVES=/moves COST-BEFORE=/costBefore COST-AFTER=/costAfter CREATED=/createdAt|time; ORIGIN=/origin HYPOTHETICAL=/hypothetical EXPIRES=/expiresAt|time
            decisions; decision; graph; /api/v1/projects/{project}/graphs/{graph}/decisions; /id; DECISION=/id AT=/at|time KIND=/kind REASON=/reason STRATEGY=/strategy/id OUTCOME=/outcome; VERSION=/strategy/version MILLIS=/durationMillis FALLBACK=/fallback
            revisions; revision rev; graph; /api/v1/projects/{project}/graphs/{graph}/revisions; /revision; REVISION=/revision CAUSE=/cause PRINCIPAL=/principal CREATED=/createdAt|time;
            projects; project; server; /api/v1/projects; /name; PROJECT=/name GRAPHS=/graphs;
            quotas; quota; server; /api/v1/quotas; /project; PROJECT=/project SOURCE=/source GRAPHS=/members/graphs/used LIMIT=/members/graphs/limit;
            webhooks; webhook wh; server; /api/v1/webhooks; /id; WEBHOOK=/id URL=/url PAUSED=/paused TYPES=/types|list PROJECTS=/projects|list; CREATED=/createdAt|time REGISTERED-BY=/registeredBy
            users; user; server; /api/v1/users; /name; USER=/name NAME=/fullName ENABLED=/enabled PASSWORD=/hasPassword; CREATED=/createdAt|time
            keys; key; server; /api/v1/keys; /name; KEY=/name PRINCIPAL=/principal UNTIL=/until|time LAST-USED=/lastUsedAt|time; PREFIX=/prefix CREATED-BY=/createdBy DESCRIPTION=/description
            grants; grant; server; /api/v1/grants; /id; GRANT=/id SUBJECT=/subject ROLE=/role PROJECT=/project UNTIL=/until|time; VERBS=/verbs|list GRANTED-BY=/grantedBy
            roles; role; server; /api/v1/roles; /role; ROLE=/role;
            sessions; session; server; /api/v1/sessions; /id; SESSION=/id PRINCIPAL=/principal ADDRESS=/address UNTIL=/until|time; CREATED=/createdAt|time
            session-providers; session-provider; server; /api/v1/session-providers; /name; PROVIDER=/name;
            infrastructure-providers; infrastructure-provider; server; /api/v1/infrastructure; /provider; PROVIDER=/provider ITEMS=/items|count PROBLEM=/problem/detail;
            kinds; kind; server; /api/v1/kinds; /name; KIND=/name SCOPE=/scope OWN-PATH=/ownPath FIELDS=/fields|list; VERSION=/documentVersion HREF=/href
            """;

    /** The one of that name, in the plural, in the singular, or short. */
    public Optional<ListedKind> find(String said) {
        return lines().stream()
                .filter(line -> (" "
                                + line.substring(0, line.indexOf(';', line.indexOf(';') + 1))
                                        .replace(';', ' ') + " ")
                        .contains(" " + said + " "))
                .map(ListedKind::from)
                .filter(kind -> kind.isCalled(said))
                .findFirst();
    }

    /** The same, or a kind of the server. */
    public ListedKind find(String said, RestCalls calls) {
        return find(said)
                .or(() -> brought(said, calls))
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no kind '%s'. Kinds are %s".formatted(said, String.join(", ", names(calls)))));
    }

    /** Names in the plural. */
    public List<String> names() {
        return lines().stream()
                .map(line -> line.substring(0, line.indexOf(';')))
                .toList();
    }

    private List<String> names(RestCalls calls) {
        TreeSet<String> names = new TreeSet<>(names());
        calls.get("/api/v1/kinds").path("items").forEach(kind -> {
            if (!kind.path("ownPath").asBoolean()) {
                names.add(kind.path("name").asText());
            }
        });
        return List.copyOf(names);
    }

    private static Optional<ListedKind> brought(String said, RestCalls calls) {
        for (JsonNode kind : calls.get("/api/v1/kinds").path("items")) {
            String name = kind.path("name").asText();
            boolean meant = said.equals(name) || said.equals(name + "s");
            if (meant && !kind.path("ownPath").asBoolean()) {
                List<String> fields = new ArrayList<>();
                kind.path("fields").forEach(field -> fields.add(field.asText()));
                return Optional.of(
                        ListedKind.brought(name, kind.path("scope").asText().equals("project"), fields));
            }
        }
        return Optional.empty();
    }

    private static List<String> lines() {
        return KINDS.lines().toList();
    }
}
