// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.adapters.karmada.federation.MemberProbes.ProbeRoute;
import eu.nephele.smo.adapters.karmada.federation.MemberWorkloads.MemberPoll;
import eu.nephele.smo.adapters.karmada.federation.MemberWorkloads.MemberState;
import eu.nephele.smo.adapters.karmada.federation.ScriptedServer.Reply;
import eu.nephele.smo.adapters.karmada.read.ObservedWorkload;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Polls a workload on a member with scripted answers. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MemberWorkloadsTest {

    private static final ObservedWorkload WORKLOAD = Samples.workload("u/t", "{}");

    private volatile Reply reply = Reply.ok(Samples.deployment("u/t", Samples.ROLLED_OUT));
    private volatile ProbeRoute probeRoute = ProbeRoute.OPEN;
    private ScriptedServer server;
    private MemberWorkloads members;

    @BeforeEach
    void begin() throws IOException {
        server = new ScriptedServer(path -> reply);
        members = new MemberWorkloads(server.connection(), Samples.READER, any -> probeRoute, any -> {});
    }

    @AfterEach
    void end() {
        members.close();
        server.close();
    }

    @Test
    void whatFailsForNowKeepsWhatWasSeenLast() throws Exception {
        await(memberPoll -> memberPoll.seen().isPresent());
        for (int status : new int[] {503, 429, 504}) {
            reply = Reply.no(status);
            MemberPoll after = answered();
            assertThat(after.state()).isEqualTo(MemberState.SEEN);
            assertThat(after.seen()).isPresent();
        }
    }

    @Test
    void whatFailsFromTheBeginningIsNotKnown() throws Exception {
        reply = Reply.no(503);
        assertThat(answered().state()).isEqualTo(MemberState.UNKNOWN);
        reply = Reply.ok(Samples.deployment("u/t", Samples.ROLLED_OUT));
        assertThat(await(memberPoll -> memberPoll.seen().isPresent()).state()).isEqualTo(MemberState.SEEN);
    }

    @Test
    void onlyARefusalOrNoWayMeansThatNobodyMayLook() throws Exception {
        reply = Reply.no(403);
        assertThat(await(memberPoll -> memberPoll.state() != MemberState.UNKNOWN)
                        .state())
                .isEqualTo(MemberState.BARRED);
        reply = Reply.no(404);
        assertThat(await(memberPoll -> memberPoll.state() == MemberState.SEEN).seen())
                .isEmpty();

        probeRoute = ProbeRoute.NONE;
        int before = server.asked().size();
        assertThat(members.poll("m1", WORKLOAD).state()).isEqualTo(MemberState.BARRED);
        assertThat(server.asked()).hasSize(before);
    }

    /** Returns the state after two more polls: the first may have been running already. */
    private MemberPoll answered() throws InterruptedException {
        int before = server.asked().size();
        return await(memberPoll -> server.asked().size() >= before + 3);
    }

    private MemberPoll await(Predicate<MemberPoll> holds) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        MemberPoll memberPoll = members.poll("m1", WORKLOAD);
        while (!holds.test(memberPoll) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(10);
            memberPoll = members.poll("m1", WORKLOAD);
        }
        assertThat(memberPoll).matches(holds);
        return memberPoll;
    }
}
