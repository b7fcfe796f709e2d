// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.profile;

import eu.nephele.smo.access.cli.terminal.Terminal;
import eu.nephele.smo.scaling.profiler.ProfileFit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a fit goes that a server shall propose. */
final class ProposalOptions {

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Writes the fit as a proposal for './smo profile import'; needs --artifact.")
    private @Nullable Path out;

    @Option(
            names = "--artifact",
            paramLabel = "REFERENCE",
            description = "What was measured, as the descriptor has it: oci://host/path:tag")
    private @Nullable String artifact;

    /** @throws IllegalArgumentException when there is no artifact for the file */
    void check() {
        if (out != null && (artifact == null || artifact.isBlank())) {
            throw new IllegalArgumentException(
                    "--out needs --artifact: a profile is of a version of an artifact, for example oci://host/path:tag");
        }
    }

    /**
     * Nothing is written where there is nothing to propose.
     *
     * @param source what was fitted, for people
     */
    void write(Terminal terminal, ProfileFit fit, String source, boolean quiet) throws IOException {
        Path file = out;
        String reference = artifact;
        if (file == null || reference == null || fit.proposed().isEmpty()) {
            return;
        }
        ProposedProfile proposed =
                ProposedProfile.from(fit, reference, source, Instant.now().truncatedTo(ChronoUnit.SECONDS));
        Files.writeString(file, proposed.file());
        if (!quiet) {
            terminal.good("%s: ./smo profile import %s, then ./smo profile apply %s"
                    .formatted(proposed.name(), file, proposed.name()));
        }
    }
}
