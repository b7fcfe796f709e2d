// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eu.nephele.smo.access.client.ContractOperations.ContractOperation;
import eu.nephele.smo.access.client.ScriptedServer.Answer;
import eu.nephele.smo.access.client.ScriptedServer.Received;
import eu.nephele.smo.access.client.call.RetryPolicy;
import eu.nephele.smo.access.client.call.SmoCall;
import eu.nephele.smo.access.client.call.SmoUnreachableException;
import eu.nephele.smo.access.client.event.EventSelection;
import eu.nephele.smo.access.client.json.JsonTreeReader;
import eu.nephele.smo.access.client.model.SmoPlan;
import eu.nephele.smo.access.client.resource.GraphCalls;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each call with types does when its answer is lost: only what the contract says to be harmless is sent again. */
class RepeatedCallsTest {

    private static final String PLAN = """
        {"id":"x","href":"/","project":"x","graph":"x","kind":"UPDATE","createdAt":"2026-11-01T00:00:00Z",
         "expiresAt":"2026-11-01T00:00:00Z","feasible":true,"services":{"added":[],"removed":[],"moved":[],"changed":[],
         "unchanged":[]},"steps":[],"placement":{},"conflicts":[],"warnings":[]}\
        """;

    @TempDir
    private Path folder;

    private final ScriptedServer server = new ScriptedServer().answers(Answer.lost());
    private final SmoClient client = SmoClient.create(ClientSettings.standard(server.uri())
            .with(new RetryPolicy(2, Duration.ofMillis(1), Duration.ofSeconds(1))));

    @AfterEach
    void end() {
        server.close();
    }

    /** @param answered whether its answer is needed */
    private record TypedCall(SmoCall<?> call, boolean answered) {}

    @Test
    void aCallHasAKeyExactlyWhereTheContractHasOneAndIsRepeatedOnlyWhereThatIsHarmless() throws Exception {
        ContractOperations contract = ContractOperations.read();
        List<TypedCall> calls = calls();
        assertThat(calls).hasSizeGreaterThan(70);
        for (TypedCall typed : calls) {
            int before = server.received().size();
            assertThatThrownBy(() -> typed.call().send()).isInstanceOf(SmoUnreachableException.class);
            List<Received> sent =
                    server.received().subList(before, server.received().size());
            String method = sent.get(0).method();
            String call = method + " " + sent.get(0).path().replaceAll("\\?.*", "");
            List<ContractOperation> operations = contract.matching(call);
            assertThat(operations).as(call).isNotEmpty();
            boolean keyed = operations.stream().anyMatch(ContractOperation::keyed);
            Set<String> keys = Set.copyOf(
                    sent.stream().map(each -> each.header("Idempotency-key")).toList());
            assertThat(keys).as("keys of %s", call).hasSize(1);
            assertThat(!keys.contains("")).as("%s has a key", call).isEqualTo(keyed);
            boolean harmless = keyed
                    || method.equals("GET")
                    || method.equals("PUT")
                    || (method.equals("DELETE") && !typed.answered());
            assertThat(sent.size() > 1).as("%s is repeated", call).isEqualTo(harmless);
        }
    }

    private List<TypedCall> calls() throws Exception {
        Map<Class<?>, Object> samples = samples();
        List<TypedCall> calls = new ArrayList<>();
        for (Method group : SmoClient.class.getMethods()) {
            if (!group.getReturnType().getPackageName().equals(GraphCalls.class.getPackageName())) {
                continue;
            }
            Object resource = group.invoke(client, arguments(group, samples));
            for (Method method : group.getReturnType().getMethods()) {
                if (method.getReturnType() == SmoCall.class) {
                    ParameterizedType answer = (ParameterizedType) method.getGenericReturnType();
                    calls.add(new TypedCall(
                            (SmoCall<?>) method.invoke(resource, arguments(method, samples)),
                            answer.getActualTypeArguments()[0] != JsonNode.class));
                }
            }
        }
        return calls;
    }

    private Map<Class<?>, Object> samples() throws IOException {
        Map<Class<?>, Object> samples = new HashMap<>();
        samples.put(String.class, "x");
        samples.put(boolean.class, true);
        samples.put(int.class, 1);
        samples.put(long.class, 1L);
        samples.put(Duration.class, Duration.ZERO);
        samples.put(Optional.class, Optional.empty());
        samples.put(List.class, List.of());
        samples.put(Map.class, Map.of());
        samples.put(JsonNode.class, JsonNodeFactory.instance.objectNode());
        samples.put(Path.class, Files.writeString(folder.resolve("x.jar"), "no jar"));
        samples.put(EventSelection.class, EventSelection.ALL);
        samples.put(SmoPlan.class, SmoPlan.from(new JsonTreeReader().read(PLAN)));
        return samples;
    }

    private static Object[] arguments(Method method, Map<Class<?>, Object> samples) {
        return Arrays.stream(method.getParameterTypes())
                .map(type -> Optional.ofNullable(samples.get(type))
                        .orElseThrow(() -> new AssertionError("no sample of %s for %s".formatted(type, method))))
                .toArray();
    }
}
