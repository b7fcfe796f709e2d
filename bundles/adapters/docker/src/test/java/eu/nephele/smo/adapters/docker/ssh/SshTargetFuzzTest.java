// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/**
 * Addresses with everything a shell would read otherwise: each is refused, or its parts are what was written. No command line is made of
 * them anywhere: a socket is forwarded by its name.
 */
class SshTargetFuzzTest {

    private static final Path KEY = Path.of("/etc/smo/key");
    private static final Path HOSTS = Path.of("/etc/smo/known_hosts");
    private static final String SIGNS = "ab9.-_ ;|&$`'\"\\\n\t(){}<>*?!#~=%@:/[]\u0000\u00e9\u202e";
    private static final int TEXTS = 2_000;

    private static String text(Random random, int most) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(most); length > 0; length--) {
            text.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
        }
        return text.toString();
    }

    @RepeatedTest(10)
    void anAddressIsItsPartsOrIsRefused(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        int read = 0;
        for (int i = 0; i < TEXTS; i++) {
            String user = text(random, 8);
            String host = text(random, 8);
            String socket = "/" + text(random, 12);
            String written = "ssh://%s@%s:%d%s".formatted(user, host, 1 + random.nextInt(65_535), socket);
            try {
                SshTarget target = SshTarget.parse(written, KEY, HOSTS);
                assertThat(written)
                        .as("nothing is read otherwise than it was written")
                        .startsWith("ssh://" + target.user() + "@");
                assertThat(target.user()).isNotBlank().doesNotContain("@", "/");
                assertThat(target.host()).isNotBlank().doesNotContain("/", "@");
                assertThat(target.port()).isBetween(1, 65_535);
                assertThat(target.socket()).startsWith("/");
                assertThat(target.privateKey()).isEqualTo(KEY);
                read++;
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
        assertThat(read).as("some are addresses").isPositive();
    }
}
