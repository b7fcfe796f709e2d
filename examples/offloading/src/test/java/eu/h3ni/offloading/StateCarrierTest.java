// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.offloading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.MoveHook.Move;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateCarrierTest {

    private static final ClusterId EDGE = new ClusterId("sim", "edge");
    private static final ClusterId CLOUD = new ClusterId("sim", "cloud");

    @TempDir
    private Path folder;

    private StateFiles files;
    private StateCarrier carrier;

    @BeforeEach
    void aServiceWithStateOnTheEdge() throws IOException {
        files = new StateFiles(folder);
        carrier = new StateCarrier(folder);
        write(files.at(move(1), EDGE), "42 visitors");
    }

    @Test
    void theStateIsAtTheNewPlaceAndNoLongerAtTheOldOne() {
        carrier.beforeMove(move(1));
        carrier.afterMove(move(1));

        assertThat(files.at(move(1), CLOUD)).hasContent("42 visitors");
        assertThat(files.at(move(1), EDGE)).doesNotExist();
        assertThat(files.carried(move(1))).doesNotExist();
    }

    @Test
    void aMoveThatIsToldAgainAfterARestartDoesNothingTwice() throws IOException {
        carrier.beforeMove(move(1));
        write(files.at(move(1), EDGE), "43 visitors, too late");
        new StateCarrier(folder).beforeMove(move(1));
        new StateCarrier(folder).afterMove(move(1));
        write(files.at(move(1), CLOUD), "44 visitors, at the new place");
        new StateCarrier(folder).afterMove(move(1));

        assertThat(files.at(move(1), CLOUD)).hasContent("44 visitors, at the new place");
    }

    @Test
    void theNextMoveCarriesWhatTheServiceHasThen() throws IOException {
        carrier.beforeMove(move(1));
        carrier.afterMove(move(1));
        Move back = new Move(graph(), "web", List.of(CLOUD), List.of(EDGE), DecisionReason.RETURN, 2);
        write(files.at(back, CLOUD), "50 visitors");
        carrier.beforeMove(back);
        carrier.afterMove(back);

        assertThat(files.at(back, EDGE)).hasContent("50 visitors");
    }

    @Test
    void aServiceWithoutStateMovesAsBefore() {
        Move stateless = new Move(graph(), "cache", List.of(EDGE), List.of(CLOUD), DecisionReason.OFFLOAD, 3);
        carrier.beforeMove(stateless);
        carrier.afterMove(stateless);

        assertThat(files.at(stateless, CLOUD)).doesNotExist();
    }

    @Test
    void whatCannotBeTakenPutsTheMoveOffAndSaysWhy() throws IOException {
        write(folder.resolve("carried/demo"), "a file where a folder has to be");

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> carrier.beforeMove(move(1)))
                .withMessageContaining("web")
                .withMessageContaining("edge");
    }

    private static Move move(long assignment) {
        return new Move(graph(), "web", List.of(EDGE), List.of(CLOUD), DecisionReason.OFFLOAD, assignment);
    }

    private static GraphId graph() {
        return new GraphId("demo", "shop");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
