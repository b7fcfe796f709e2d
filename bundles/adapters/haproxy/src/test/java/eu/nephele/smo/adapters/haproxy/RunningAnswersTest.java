// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.port.BackendStatus.State;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunningAnswersTest {

    private static final String ANSWER = """
            1
            # be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight srv_check_state srv_port
            3 shop:front:web 1 a 127.0.0.1 2 0 100 6 8080
            3 shop:front:web 2 six ::1 0 1 0 0 8081
            4 smo:statistics 1 x ::1 0 1 0 0 8081

            # pxname,svname,qcur,scur,stot,status,lbtot,rtime,req_tot,mode,
            shop:front:web,FRONTEND,,4,9,OPEN,,,77,http,
            shop:front:web,a,0,3,9,UP 1/3,9,12,,http,
            shop:front:web,six,0,1,9,MAINT,,,,"h,t""t",
            shop:front:web,BACKEND,2,3,9,UP,9,12,,http,
            smo:statistics,FRONTEND,,0,0,OPEN,,,1,http,

            waiting shop:front:web 3
            generation 0123456789abcdef

            """;

    @Test
    void serversAndNumbersAreFoundByTheNamesOfTheirColumns() {
        RunningView view = RunningAnswers.read(ANSWER.lines().toList()).orElseThrow();

        assertThat(view.generation()).isEqualTo("0123456789abcdef");
        assertThat(view.proxies()).containsOnlyKeys("shop:front:web");
        RunningProxy web = view.proxy("shop:front:web").orElseThrow();
        assertThat(web.requests()).isEqualTo(77);
        assertThat(web.responseMillis()).hasValue(12);
        assertThat(view.waitingFor("shop:front:web")).isEqualTo(5);
        RunningServer a = web.server("a").orElseThrow();
        assertThat(a.state()).isEqualTo(State.UP);
        assertThat(a.sessions()).isEqualTo(3);
        assertThat(a.isChecked()).isTrue();
        assertThat(a.isAt(new PlacedMember("a", "127.0.0.1", 8080, 100))).isTrue();
        RunningServer six = web.server("six").orElseThrow();
        assertThat(six.isForced()).isTrue();
        assertThat(six.state()).isEqualTo(State.DRAINING);
        assertThat(six.isAt(new PlacedMember("six", "0:0:0:0:0:0:0:1", 8081, 100)))
                .isTrue();
        assertThat(six.isAt(new PlacedMember("six", "::2", 8081, 100))).isFalse();
    }

    @Test
    void proxiesAreReadWithoutTheirServers() {
        String totals = ANSWER.substring(ANSWER.indexOf("# pxname")).replaceAll("(?m)^shop:front:web,(a|six),.*\n", "");
        RunningView view = RunningAnswers.read(totals.lines().toList()).orElseThrow();
        RunningProxy web = view.proxy("shop:front:web").orElseThrow();
        assertThat(web.servers()).isEmpty();
        assertThat(web.requests()).isEqualTo(77);
        assertThat(web.responseMillis()).hasValue(12);
        assertThat(view.waitingFor("shop:front:web")).isEqualTo(5);
    }

    /** However it is cut, it is taken for nothing, and never for fewer servers. */
    @Test
    void anAnswerThatEndsEarlyIsNone() {
        String complete = ANSWER.strip();
        String early = IntStream.range(0, complete.indexOf("generation"))
                .filter(end -> RunningAnswers.read(
                                complete.substring(0, end).lines().toList())
                        .isPresent())
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(","));
        assertThat(early).isEmpty();
    }

    @Test
    void aHaproxyWithAnotherConfigurationHasNoGeneration() {
        List<String> lines = List.of("Can't find backend.", "", "No such proxy.", "", "Unknown command: 'smo'");
        assertThat(RunningAnswers.read(lines)).hasValueSatisfying(view -> {
            assertThat(view.generation()).isEmpty();
            assertThat(view.proxies()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "UP, 100, 0, UP",
        "UP 1/3, 100, 0, UP",
        "no check, 100, 0, UP",
        "DOWN, 100, 0, DOWN",
        "DOWN 1/2, 100, 0, DOWN",
        "NOLB, 100, 0, DOWN",
        "UP, 0, 0, DRAINING",
        "DRAIN, 100, 8, DRAINING",
        "MAINT, 100, 1, DRAINING",
    })
    void statesAreTold(String status, int weight, int admin, State state) {
        assertThat(new RunningServer("a", "127.0.0.1", 1, weight, admin, 0, 0, status).state())
                .isEqualTo(state);
    }

    @Test
    void theProcessesOfTheMasterAreRead() {
        ProcessTable table = ProcessTable.read("""
                        #<PID>          <type>          <reloads>       <uptime>        <version>
                        14415           master          3 [failed: 1]   0d00h00m24s     2.6.12-1+deb12u3
                        # workers
                        14420           worker          1               0d00h00m24s     2.6.12-1+deb12u3
                        # old workers
                        14410           worker          2               0d00h00m24s     2.6.12-1+deb12u3
                        14411           worker          2               0d00h00m24s     2.6.12-1+deb12u3
                        # programs
                        """.lines().toList()).orElseThrow();
        assertThat(table).isEqualTo(new ProcessTable(3, 1, List.of(14410L, 14411L)));
        assertThat(ProcessTable.read(List.of("nonsense"))).isEmpty();
    }
}
