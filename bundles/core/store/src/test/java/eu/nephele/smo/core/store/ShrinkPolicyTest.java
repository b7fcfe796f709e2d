// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShrinkPolicyTest {

    private static final long MEBIBYTE = 1L << 20;
    private static final long FILE = 1000 * MEBIBYTE;

    private final ShrinkPolicy shrinking = new ShrinkPolicy(64 * MEBIBYTE, 8 * MEBIBYTE);

    @Test
    void beginsWithMostlyHolesAndEndsWhenThereAreFew() {
        assertThat(shrinking.isDue(FILE, 50, true)).isFalse();
        assertThat(shrinking.isDue(FILE, 49, true)).isTrue();
        shrinking.moved();
        assertThat(shrinking.isDue(FILE, 79, true)).isTrue();
        shrinking.moved();
        assertThat(shrinking.isDue(FILE, 80, true)).isFalse();
        assertThat(shrinking.isDue(FILE, 79, true)).isFalse();
    }

    @Test
    void aSmallFileIsLeftAsItIs() {
        assertThat(shrinking.isDue(64 * MEBIBYTE, 1, true)).isFalse();
        assertThat(shrinking.isDue(64 * MEBIBYTE + 1, 1, true)).isTrue();
    }

    @Test
    void goesOnAsLongAsTheFileBecomesSmaller() {
        long bytes = FILE;
        for (int move = 0; move < 500; move++) {
            assertThat(shrinking.isDue(bytes, 40, true)).isTrue();
            shrinking.moved();
            bytes -= MEBIBYTE;
        }
    }

    @Test
    void whatDoesNotGoTogetherIsLeftAloneForAWhile() {
        moveInVain(40);
        for (int look = 2; look < ShrinkPolicy.REST_LOOKS; look++) {
            assertThat(shrinking.isDue(FILE, 40, true)).isFalse();
        }
        assertThat(shrinking.isDue(FILE, 40, true)).isTrue();
    }

    /** Blocks that are in the way now may be holes a minute later. */
    @Test
    void withoutSuccessItIsOnlyHurriedForHalfOfTheMoves() {
        int hurried = 0;
        int unhurried = 0;
        while (shrinking.isDue(FILE, 40, true)) {
            if (shrinking.isHopeful()) {
                hurried++;
            } else {
                unhurried++;
            }
            shrinking.moved();
        }
        assertThat(hurried).isEqualTo(60);
        assertThat(unhurried).isEqualTo(60);
        assertThat(shrinking.isHopeful()).isFalse();
    }

    @Test
    void whatOthersHaveDisturbedIsTriedAgainWhenTheyAreCalm() {
        while (shrinking.isDue(FILE, 23, false)) {
            shrinking.moved();
        }
        for (int look = 1; look < ShrinkPolicy.CALM_LOOKS; look++) {
            assertThat(shrinking.isDue(FILE, 14, true)).isFalse();
        }
        assertThat(shrinking.isDue(FILE, 14, false)).isFalse();
        for (int look = 1; look < ShrinkPolicy.CALM_LOOKS; look++) {
            assertThat(shrinking.isDue(FILE, 14, true)).isFalse();
        }
        assertThat(shrinking.isDue(FILE, 14, true)).isTrue();
    }

    @Test
    void whatWasInVainIsDoneWithMoreAndMoreWhileNobodyIsKeptWaiting() {
        while (shrinking.isDue(FILE, 40, true) && shrinking.isHopeful()) {
            assertThat(shrinking.bytesToMove(true)).isEqualTo(8 * MEBIBYTE);
            shrinking.moved();
        }
        assertThat(shrinking.bytesToMove(false)).isEqualTo(8 * MEBIBYTE);
        assertThat(shrinking.bytesToMove(true)).isEqualTo(16 * MEBIBYTE);
        shrinking.moved();
        assertThat(shrinking.bytesToMove(true)).isEqualTo(32 * MEBIBYTE);
        for (int move = 0; move < 20; move++) {
            shrinking.moved();
        }
        assertThat(shrinking.bytesToMove(true)).isEqualTo(512 * MEBIBYTE);
    }

    /** As after a fleet was removed: a file that could not become smaller under load can now. */
    @Test
    void theRestEndsWhenMuchOfTheFileHasBecomeHolesSince() {
        moveInVain(40);
        assertThat(shrinking.isDue(FILE, 31, true)).isFalse();
        assertThat(shrinking.isDue(FILE, 30, true)).isTrue();
        shrinking.moved();
        assertThat(shrinking.isDue(FILE, 40, true)).isTrue();
    }

    /** As when another fleet came and went. */
    @Test
    void theRestEndsAlsoWhenWhatBecameHolesCameSinceItBegan() {
        moveInVain(40);
        assertThat(shrinking.isDue(FILE, 65, true)).isFalse();
        assertThat(shrinking.isDue(FILE, 56, true)).isFalse();
        assertThat(shrinking.isDue(FILE, 45, true)).isTrue();
    }

    /** Each of 50 moves' blocks could have been moved twice, and a minute has passed. */
    private void moveInVain(int used) {
        int moves = 0;
        while (shrinking.isDue(FILE, used, true)) {
            shrinking.moved();
            moves++;
        }
        assertThat(moves).isEqualTo(ShrinkPolicy.LEAST_MOVES);
    }
}
