// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OperationCommandsTest {

    private static final String OPERATION = """
            {"id":"o1","kind":"DEPLOY","state":"SUCCEEDED","href":"/api/v1/operations/o1","message":"","error":null,
             "createdAt":"2026-01-01T00:00:00Z","target":{"kind":"graph","project":"p","name":"g"},
             "steps":[{"action":"INSTALL","subject":"web","state":"DONE","detail":"on c1","message":""}]}""";
    private static final String TRACE = """
            {"operation":"o1","state":"SUCCEEDED","traceId":"4bf92f3577b34da6a3ce929d0e0e4736","dropped":3,"spans":[
             {"spanId":"1","parentId":"0","name":"POST","startedAt":"2026-01-01T00:00:00Z","durationMillis":2.5,"failure":null,
              "attributes":{"url.path":"/api"}},
             {"spanId":"5","parentId":"3","name":"apply","startedAt":"2026-01-01T00:00:00.020Z","durationMillis":4,
              "failure":"no room","attributes":{"smo.service":"web"}},
             {"spanId":"3","parentId":"2","name":"pass","startedAt":"2026-01-01T00:00:00.010Z","durationMillis":20,"failure":null,
              "attributes":{}},
             {"spanId":"2","parentId":"1","name":"operation DEPLOY","startedAt":"2026-01-01T00:00:00.001Z",
              "durationMillis":null,"failure":null,"attributes":{}},
             {"spanId":"4","parentId":"1","name":"parse","startedAt":"2026-01-01T00:00:00.0005Z","durationMillis":0.25,"failure":null,
              "attributes":{}}]}""";

    private final FakeSmo server = new FakeSmo();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void end() {
        server.close();
    }

    private int run(String... arguments) {
        String[] all = Stream.concat(
                        Stream.of(arguments), Stream.of("--url", server.uri().toString()))
                .toArray(String[]::new);
        return Main.run(all, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    @Test
    void listsOperations() {
        server.on("GET /api/v1/operations", "{\"items\":[" + OPERATION + "],\"nextCursor\":null}");
        assertThat(run("operation", "list", "--graph", "p/g", "--open")).isZero();
        assertThat(out.toString()).contains("o1", "deploy", "graph p/g", "succeeded");
    }

    @Test
    void showsTheStepsOfAnOperation() {
        server.on("GET /api/v1/operations/o1", OPERATION);
        assertThat(run("operation", "show", "o1")).isZero();
        assertThat(out.toString()).contains("deploy graph p/g: succeeded", "install", "web", "on c1");
    }

    @Test
    void showsATraceAsATree() {
        server.on("GET /api/v1/operations/o1", OPERATION).on("GET /api/v1/operations/o1/trace", TRACE);
        assertThat(run("operation", "show", "o1", "--trace")).isZero();
        assertThat(out.toString().lines().map(String::stripTrailing))
                .containsExactly(
                        "  deploy graph p/g: succeeded",
                        "  trace 4bf92f3577b34da6a3ce929d0e0e4736",
                        "  span                 begins    takes    about",
                        "  POST                 +0.0 ms   2.5 ms   /api",
                        "  ├─ parse             +0.5 ms   0.3 ms",
                        "  └─ operation DEPLOY  +1.0 ms   runs",
                        "     └─ pass           +10.0 ms  20.0 ms",
                        "        └─ apply       +20.0 ms  4.0 ms   web failed: no room",
                        "  3 spans more are not kept");
    }

    @Test
    void programsGetJson() {
        server.on("GET /api/v1/operations/o1", OPERATION).on("GET /api/v1/operations/o1/trace", TRACE);
        assertThat(run("operation", "show", "o1", "--trace", "--json")).isZero();
        assertThat(out.toString()).startsWith("{\"operation\":\"o1\"");
    }
}
