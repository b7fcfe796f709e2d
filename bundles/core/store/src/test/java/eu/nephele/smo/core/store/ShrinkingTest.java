// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShrinkingTest {

    private static final long MEBIBYTE = 1L << 20;
    private static final long FILE = 1000 * MEBIBYTE;

    private final Shrinking shrinking = new Shrinking(64 * MEBIBYTE, 8 * MEBIBYTE);

    @Test
    void beginsWithMostlyHolesAndEndsWhenThereAreFew() {
        assertThat(shrinking.isDue(FILE, 50)).isFalse();
        assertThat(shrinking.isDue(FILE, 49)).isTrue();
        shrinking.moved();
        assertThat(shrinking.isDue(FILE, 79)).isTrue();
        shrinking.moved();
        assertThat(shrinking.isDue(FILE, 80)).isFalse();
        assertThat(shrinking.isDue(FILE, 79)).isFalse();
    }

    @Test
    void aSmallFileIsLeftAsItIs() {
        assertThat(shrinking.isDue(64 * MEBIBYTE, 1)).isFalse();
        assertThat(shrinking.isDue(64 * MEBIBYTE + 1, 1)).isTrue();
    }

    @Test
    void goesOnAsLongAsTheFileBecomesSmaller() {
        long bytes = FILE;
        for (int move = 0; move < 500; move++) {
            assertThat(shrinking.isDue(bytes, 40)).isTrue();
            shrinking.moved();
            bytes -= MEBIBYTE;
        }
    }

    @Test
    void whatDoesNotGoTogetherIsLeftAloneForAWhile() {
        moveInVain(40);
        for (int look = 2; look < Shrinking.REST_LOOKS; look++) {
            assertThat(shrinking.isDue(FILE, 40)).isFalse();
        }
        assertThat(shrinking.isDue(FILE, 40)).isTrue();
    }

    /** As after a fleet was removed: a file that could not become smaller under load can now. */
    @Test
    void theRestEndsWhenMuchOfTheFileHasBecomeHolesSince() {
        moveInVain(40);
        assertThat(shrinking.isDue(FILE, 31)).isFalse();
        assertThat(shrinking.isDue(FILE, 30)).isTrue();
        shrinking.moved();
        assertThat(shrinking.isDue(FILE, 40)).isTrue();
    }

    /** As when another fleet came and went. */
    @Test
    void theRestEndsAlsoWhenWhatBecameHolesCameSinceItBegan() {
        moveInVain(40);
        assertThat(shrinking.isDue(FILE, 65)).isFalse();
        assertThat(shrinking.isDue(FILE, 56)).isFalse();
        assertThat(shrinking.isDue(FILE, 45)).isTrue();
    }

    /** Each block could have been moved twice. */
    private void moveInVain(int used) {
        int moves = 0;
        while (shrinking.isDue(FILE, used)) {
            shrinking.moved();
            moves++;
        }
        assertThat(moves).isEqualTo(10 + 2 * 50);
    }
}
