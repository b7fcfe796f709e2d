// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.access.cli.CommandLineRun;
import eu.nephele.smo.access.cli.FakeSmo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventsCommandTest {

    private static final String NOTHING = "{\"items\":[],\"nextAfter\":6,\"more\":false,\"first\":1,\"last\":6}";
    private static final String EVENT = """
        id: 7
        event: hdag.deployed
        data: {"id":"e7","source":"urn:smo:1","type":"hdag.deployed","subject":"p/g","time":"2026-11-01T00:00:00Z","sequence":"7","data":{}}

        """;

    private final FakeSmo server = new FakeSmo().on("GET /api/v1/events", NOTHING);

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void followsEventsThroughAnEndedStream() {
        server.on("GET /api/v1/events/stream", "retry: 2000\nid: 6\n\n", EVENT);
        CommandLineRun run = follow();
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("hdag.deployed", "p/g");
    }

    @Test
    void saysWhatIsNoEventInsteadOfWaiting() {
        server.on("GET /api/v1/events/stream", "id: 7\nevent: hdag.deployed\ndata: {}\n\n");
        CommandLineRun run = follow();
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("no event", "id '7'");
        assertThat(run.err().lines()).hasSize(1);
    }

    private CommandLineRun follow() {
        return CommandLineRun.of(
                "events", "-f", "--count", "1", "--url", server.uri().toString());
    }
}
