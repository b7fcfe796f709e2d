// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    private static int status(String line) {
        return Main.status(line.split(" ", -1));
    }

    /** A line that passes would start the server {@code no-such-program}, and end with 70. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tea",
                "chaos --kills 2",
                "chaos --kills 2 --",
                "chaos --kills many -- no-such-program",
                "chaos --kills -1 -- no-such-program",
                "chaos --graphs 0 -- no-such-program",
                "chaos --world flat -- no-such-program",
                "chaos --database oracle -- no-such-program",
                "chaos --standby -- no-such-program",
                "chaos --standby --database h2 -- no-such-program",
                "chaos --standby --database postgresql --world real -- no-such-program",
                "chaos --colour red -- no-such-program",
                "chaos --seed -- no-such-program",
                "chaos no-such-program",
                "attack --cases 0 -- no-such-program",
                "attack --cases many -- no-such-program",
                "attack --rate 0 -- no-such-program",
                "attack --case -1 -- no-such-program",
                "attack --what -- no-such-program",
                "attack word -- no-such-program",
                "attack",
                "attack --",
                "bench",
                "bench tea",
                "bench swap --seconds 5",
                "bench swap --seconds x -- no-such-program",
                "bench swap --rate 0 -- no-such-program",
                "bench swap --leaks 3 --shadow -- no-such-program",
                "bench engine --graphs 9 -- no-such-program",
                "bench engine --database oracle -- no-such-program",
                "bench engine --growth 100, -- no-such-program",
                "bench engine --growth 100,many -- no-such-program",
                "bench engine --growth 100,9 -- no-such-program",
                "bench engine --deliveries 0 -- no-such-program",
                "bench engine --phases get,tea -- no-such-program",
                "bench engine --phases get, -- no-such-program",
                "bench containers --servers 1 -- no-such-program",
                "bench containers --services 7 -- no-such-program",
                "bench containers --replicas-per-server 90 -- no-such-program",
                "bench containers --actions many -- no-such-program",
                "bench containers --servers 4",
                "bench scale --owners",
                "bench scale --owners 0",
                "bench scale --owners 1,,2",
                "bench scale --owners 1,",
                "bench scale --services x",
                "bench scale --clusters 0",
                "bench scale --set workers",
                "bench scale --set workers=many",
                "bench scale --set noSuchParameter=1",
                "bench scale --x",
                "bench placement",
                "bench placement --time 0 file.json",
                "bench placement --time NaN file.json",
                "bench placement --time soon file.json",
                "bench placement --strategies anytime,guess file.json",
                "bench placement --objective best file.json",
                "bench placement --against guess file.json",
                "bench placement --against cpsat file.json",
                "bench placement --seed 1.5 file.json",
                "bench placement --generate 10,5",
                "bench placement --generate 10,5,close,1",
                "bench placement --repeat 0 file.json",
                "bench exact --cases 0",
                "bench exact --cases 1000001",
                "bench exact --seed -1",
                "bench exact --against guess",
                "bench exact --against cpsat",
                "bench exact FILE",
                "bench scaling --services 4",
                "bench scaling --cases 0",
                "bench scaling --seed -1",
                "bench scaling --against guess",
                "bench scaling FILE",
                "bench fleet --graphs 0",
                "bench fleet --graphs 1000000 --services 2",
                "bench fleet --clusters none",
                "bench fleet --max-moves -1",
                "bench fleet --seconds 0",
                "bench fleet --seconds 601",
                "bench fleet FILE",
                "bench energy --graphs 0",
                "bench energy --services 0",
                "bench energy --strategies guess",
                "bench energy --strategies guess/carbon",
                "bench energy --strategies auto/guess",
                "bench energy --seed x",
                "bench energy FILE",
                "bench loops --only [",
                "bench loops FILE",
                "scaling",
                "scaling backtest",
                "scaling backtest --generated file.csv",
                "scaling backtest --generated --days 0",
                "scaling backtest --generated --series -1",
                "scaling backtest --generated --days 1 --series 0 --strategies guess",
                "scaling backtest --query up --since soon",
                "decisions --rounds 0"
            })
    void whatMakesNoSenseIsRefused(String line) {
        assertThat(status(line)).isEqualTo(64);
    }

    @Test
    void aRunThatFailsAndAMissingFileHaveAStatusOfTheirOwn() {
        assertThat(status("attack -- no-such-program")).isEqualTo(70);
        assertThat(status("bench scale --runs no-such-file.jsonl")).isEqualTo(70);
        assertThat(status("bench placement no-such-file.json")).isEqualTo(70);
        assertThat(status("scaling backtest no-such-file.csv")).isEqualTo(70);
        assertThat(status("scaling backtest --generated --plugin no-such-file.jar"))
                .isEqualTo(70);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "chaos --help",
                "attack -h",
                "bench --help",
                "bench engine --help",
                "bench containers --help",
                "bench placement --help",
                "bench exact --help",
                "bench scaling --help",
                "bench fleet --help",
                "bench energy --help",
                "bench loops --help",
                "scaling --help",
                "scaling backtest --help"
            })
    void helpIsNoMistake(String line) {
        assertThat(status(line)).isZero();
    }
}
