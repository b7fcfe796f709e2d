// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.resource;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.access.cli.CommandLineRun;
import eu.nephele.smo.access.cli.FakeSmo;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GetCommandTest {

    private static final String GRAPH = """
            {"project":"%s","name":"%s","version":"1","phase":"RUNNING","revision":3,"updatedAt":"2026-11-20T02:30:00.123Z",
             "services":[{"name":"web","replicas":2}]}""";

    private final FakeSmo server = new FakeSmo();

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void namesOfAllProjectsHaveTheirProject() {
        server.on("GET /api/v1/graphs", page(GRAPH.formatted("p", "a"), GRAPH.formatted("q", "b")));
        assertThat(run("get", "graphs", "-A", "-o", "name").out()).isEqualTo("graph/p/a\ngraph/q/b\n");
        assertThat(server.calls()).as("one call for all projects").hasSize(1);
        assertThat(run("get", "graphs", "-A").out()).contains("project  graph", "p        a      running");
    }

    @Test
    void aPageIsACall() {
        server.on(
                        "GET /api/v1/graphs?project=p&limit=1000",
                        "{\"items\":[" + GRAPH.formatted("p", "a") + "],\"nextCursor\":\"c 1\"}")
                .on("GET /api/v1/graphs?project=p&limit=1000&cursor=c%201", page(GRAPH.formatted("p", "b")));
        assertThat(run("get", "graphs", "-p", "p", "--limit", "5000").out())
                .contains("a      running", "b      running");
        assertThat(server.calls()).hasSize(2);
        // the first page has enough
        assertThat(run("get", "graphs", "-p", "p", "--limit", "1").out()).doesNotContain("b      running");
    }

    @Test
    void anyPathIsReadAsItIs() {
        server.reply("GET /health/ready", 503, "{\"status\":\"DOWN\",\"checks\":[]}")
                .on("GET /metrics", "smo_up 1\n");
        assertThat(run("get", "--raw", "/metrics").out()).isEqualTo("smo_up 1\n");
        CommandLineRun ready = run("get", "--raw", "/health/ready");
        assertThat(ready.status()).isEqualTo(1);
        assertThat(ready.out()).contains("\"DOWN\"");
        assertThat(run("get").err()).contains("Give a KIND, or --raw PATH");
        assertThat(run("get", "graphs", "--raw", "/metrics").status()).isEqualTo(64);
        for (String wrong : List.of("metrics", "//elsewhere.example/metrics")) {
            assertThat(run("get", "--raw", wrong).err()).contains("begins with one slash");
        }
    }

    @Test
    void everyFormatHasTheSameContent() {
        server.on("GET /api/v1/graphs?project=p&limit=1000", page(GRAPH.formatted("p", "a")))
                .on("GET /api/v1/projects/p/graphs/a", GRAPH.formatted("p", "a"));
        assertThat(run("get", "graphs", "-p", "p", "-o", "name").out()).isEqualTo("graph/a\n");
        assertThat(run("get", "g", "-p", "p", "-o", "wide").out())
                .contains("a      running", "2026-11-20T02:30:00Z", "desired");
        assertThat(FakeSmo.json(run("get", "graph", "p/a", "-o", "json").out()))
                .isEqualTo(FakeSmo.json(GRAPH.formatted("p", "a")));
        assertThat(run("get", "graph", "p/a", "-o", "yaml").out())
                .contains("phase: RUNNING", "services:", "- name: web");
        assertThat(run("get", "graph", "a", "-p", "p", "-o", "jsonpath={.name} has {.services[*].replicas}")
                        .out())
                .isEqualTo("a has 2\n");
    }

    @Test
    void kindsOfBundlesHaveTheirFieldsAsColumns() {
        server.on("GET /api/v1/kinds", "{\"items\":[{\"name\":\"zone\",\"scope\":\"project\",\"fields\":[\"/ttl\"]}]}")
                .on("GET /api/v1/kinds/zone/resources", page("""
                        {"name":"example","project":"p","phase":"READY","desired":{"ttl":60}}"""));
        assertThat(run("get", "zones").out())
                .contains("project  name     phase  ttl")
                .contains("p        example  ready   60");
    }

    @Test
    void whatIsNotClearIsSaid() {
        server.on("GET /api/v1/kinds", "{\"items\":[]}");
        assertThat(run("get", "foo").err()).contains("There is no kind 'foo'. Kinds are clusters,");
        assertThat(run("get", "decisions", "-p", "p").err()).contains("Which graph?");
        assertThat(run("get", "graphs", "-o", "xml").err()).contains("-o xml: expected table, wide, json");
        assertThat(run("get", "graph", "a", "-p", "p").status()).isEqualTo(1);
    }

    @Test
    void aGraphIsDescribedAsAWhole() {
        server.on("GET /api/v1/projects/p/graphs/a", """
                {"project":"p","name":"a","phase":"DEGRADED","desired":"RUNNING","version":"1","revision":3,"generation":4,
                 "services":[{"name":"web","state":"DEPLOYED","shares":[],"artifact":{"reference":"oci://x/web"}}],
                 "conditions":[{"type":"Ready","status":"False","reason":"Progressing","message":"not yet"}],
                 "drift":[{"service":"web","field":"replicas","actual":"1","expected":"2"}],"hdaGraph":{"id":"a"}}""");
        assertThat(run("describe", "graph", "p/a").out())
                .contains(
                        "phase DEGRADED",
                        "oci://x/web",
                        "Progressing",
                        "drift: web replicas is 1, expected 2",
                        "id: a");
    }

    private CommandLineRun run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", server.uri().toString()));
        return CommandLineRun.of(all.toArray(String[]::new));
    }

    private static String page(String... items) {
        return "{\"items\":[" + String.join(",", items) + "]}";
    }
}
