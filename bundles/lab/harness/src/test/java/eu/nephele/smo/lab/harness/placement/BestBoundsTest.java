// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.nephele.smo.placement.anytime.AnytimeStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BestBoundsTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 26);
    private static final Path PUBLISHED = Path.of("../../../../shared/bench");

    @TempDir
    Path folder;

    private Instance jobs() throws IOException {
        return InstanceReader.read(Samples.file(folder, Samples.ASSIGNMENT), Optional.empty(), Optional.empty());
    }

    private BestBounds table(String... lines) throws IOException {
        return BestBounds.read(Files.writeString(
                folder.resolve("bounds.csv"), BestBounds.HEADER + "\n" + String.join("\n", lines) + "\n"));
    }

    @Test
    void boundsAreKnownByInstanceAndObjectiveAndTheHighestCounts() throws IOException {
        BestBounds bounds =
                table("jobs,wide,9,x,1.0,2026-01-01", "jobs,gap,3,x,1.0,2026-01-01", "jobs,gap,2,y,1.0,2026-01-02");
        assertThat(bounds.bound(jobs())).hasValue(3);
        assertThat(bounds.with(table("jobs,gap,4,z,1.0,2026-01-03")).bound(jobs()))
                .hasValue(4);
        assertThat(table("other,gap,4,z,1.0,2026-01-03").bound(jobs())).isEmpty();
    }

    @Test
    void aRunRaisesBoundsAndNeverLowersThem() throws Exception {
        PlacementRow row =
                new PlacementRun("anytime", new AnytimeStrategy(), new RunLimits(20, 1, 5_000), false).run(jobs(), 0);
        Path file = folder.resolve("raised.csv");
        table("jobs,gap,3,x,1.0,2026-01-01").with(List.of(row), TODAY).write(file);
        assertThat(file).hasContent(BestBounds.HEADER + "\njobs,gap,5,anytime 0.1.0,0.0,2026-11-26\n");
        table("jobs,gap,5,x,1.5,2026-01-01")
                .with(List.of(row, row.failed("wrong")), TODAY)
                .write(file);
        assertThat(file).hasContent(BestBounds.HEADER + "\njobs,gap,5,x,1.5,2026-01-01\n");
        assertThat(BestBounds.read(file).bound(jobs())).hasValue(5);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a,b,3,x,1 | line 2: it has 5 fields, not 6",
                "a,b,many,x,1,2026-01-01 | line 2: For input string",
                "a,b,3,x,1,soon | line 2: Text 'soon' could not be parsed"
            })
    void whatIsWrongInATableIsNamed(String line, String expected) {
        assertThatThrownBy(() -> table(line)).isInstanceOf(IOException.class).hasMessageContaining(expected);
    }

    @Test
    void anotherFileIsNoTable() throws IOException {
        Path file = Files.writeString(folder.resolve("other.csv"), "instance,value\n");
        assertThatThrownBy(() -> BestBounds.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no table of bounds: its first line has to be instance,objective,bound");
    }

    @Test
    void theTableThatIsPartOfTheProgramIsInTheFormInWhichItIsWritten() throws IOException {
        Path written = folder.resolve("written.csv");
        BestBounds.shipped().write(written);
        assertThat(Path.of("src/main/resources/eu/nephele/smo/lab/harness/placement/best-bounds.csv"))
                .hasSameTextualContentAs(written);
    }

    /** The best values that are published for them: a bound above would be wrong. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"a20200", "b20200", "c10200", "c201600", "d10200", "d201600", "d40400", "e10200", "e201600", "e40400"})
    void noBoundIsAboveAPublishedValue(String name) throws IOException {
        if (!Files.isDirectory(PUBLISHED)) {
            System.err.println(
                    "*** ../shared/bench IS MISSING beside the repository: bounds of published instances are NOT tested");
            return;
        }
        Path file = PUBLISHED.resolve("gap/%s.json".formatted(name));
        Instance instance = InstanceReader.read(file, Optional.empty(), Optional.empty());
        long published = JsonMapper.builder()
                .build()
                .readTree(file.toFile())
                .required("bestKnown")
                .asLong();
        assertThat(BestBounds.shipped().bound(instance).orElseThrow())
                .isBetween(instance.knownBound().orElse(0), published);
    }
}
