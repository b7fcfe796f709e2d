// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.adapters.karmada.federation.Members.Look;
import eu.nephele.smo.adapters.karmada.federation.Members.State;
import eu.nephele.smo.adapters.karmada.federation.Probes.Way;
import eu.nephele.smo.adapters.karmada.federation.ScriptedServer.Reply;
import eu.nephele.smo.adapters.karmada.read.WorkloadSeen;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Looks at a workload on a member, which answers as the test says. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MembersTest {

    private static final WorkloadSeen WORKLOAD = Samples.workload("u/t", "{}");

    private volatile Reply reply = Reply.ok(Samples.deployment("u/t", Samples.ROLLED_OUT));
    private volatile Way way = Way.OPEN;
    private ScriptedServer server;
    private Members members;

    @BeforeEach
    void begin() throws IOException {
        server = new ScriptedServer(path -> reply);
        members = new Members(server.connection(), Samples.READER, any -> way, any -> {});
    }

    @AfterEach
    void end() {
        members.close();
        server.close();
    }

    @Test
    void whatFailsForNowKeepsWhatWasSeenLast() throws Exception {
        await(look -> look.seen().isPresent());
        for (int status : new int[] {503, 429, 504}) {
            reply = Reply.no(status);
            Look after = answered();
            assertThat(after.state()).isEqualTo(State.SEEN);
            assertThat(after.seen()).isPresent();
        }
    }

    @Test
    void whatFailsFromTheBeginningIsNotKnown() throws Exception {
        reply = Reply.no(503);
        assertThat(answered().state()).isEqualTo(State.UNKNOWN);
        reply = Reply.ok(Samples.deployment("u/t", Samples.ROLLED_OUT));
        assertThat(await(look -> look.seen().isPresent()).state()).isEqualTo(State.SEEN);
    }

    @Test
    void onlyARefusalOrNoWayMeansThatNobodyMayLook() throws Exception {
        reply = Reply.no(403);
        assertThat(await(look -> look.state() != State.UNKNOWN).state()).isEqualTo(State.BARRED);
        reply = Reply.no(404);
        assertThat(await(look -> look.state() == State.SEEN).seen()).isEmpty();

        way = Way.NONE;
        int before = server.asked().size();
        assertThat(members.look("m1", WORKLOAD).state()).isEqualTo(State.BARRED);
        assertThat(server.asked()).hasSize(before);
    }

    /** What is known after two more questions have been answered: the first may have been under way already. */
    private Look answered() throws InterruptedException {
        int before = server.asked().size();
        return await(look -> server.asked().size() >= before + 3);
    }

    private Look await(Predicate<Look> holds) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        Look look = members.look("m1", WORKLOAD);
        while (!holds.test(look) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(10);
            look = members.look("m1", WORKLOAD);
        }
        assertThat(look).matches(holds);
        return look;
    }
}
