// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.access.cli.context.ContextFile.Contexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextFileTest {

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenIsReadAndOnlyItsOwnerReadsIt() throws IOException {
        ContextFile file = new ContextFile(folder.resolve("smo").resolve("config.yaml"));
        assertThat(file.read()).isEqualTo(Contexts.NONE);
        SavedContext lab = new SavedContext(Optional.of("http://lab:8000"), Optional.of("demo"), Optional.empty());
        Contexts contexts = Contexts.NONE
                .with("lab", lab)
                .with("real", SavedContext.EMPTY)
                .with("real", new SavedContext(Optional.empty(), Optional.empty(), Optional.of("/t: x")));
        file.write(contexts);
        assertThat(file.read()).isEqualTo(contexts);
        assertThat(file.read().current()).isEqualTo("lab");
        assertThat(file.read().using("real").meant(Optional.empty()).tokenFile())
                .contains("/t: x");
        assertThat(file.read().without("lab").meant(Optional.empty())).isEqualTo(SavedContext.EMPTY);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.file())))
                .isEqualTo("rw-------");
    }

    @Test
    void whatPeopleWriteIsReadToo() throws IOException {
        Path file = Files.writeString(folder.resolve("config.yaml"), """
                # mine
                current: lab
                contexts:
                  lab:
                    server: http://lab:8000
                    project: 'demo'
                """);
        assertThat(new ContextFile(file).read().meant(Optional.of("lab")))
                .isEqualTo(new SavedContext(Optional.of("http://lab:8000"), Optional.of("demo"), Optional.empty()));
    }

    @Test
    void whatCannotBeReadIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("config.yaml"), "contexts:\n  lab:\n    sever: http://lab\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ContextFile(file).read())
                .withMessageContaining("not 'sever'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Contexts.NONE.meant(Optional.of("lab")))
                .withMessageContaining("There is no context 'lab'");
    }
}
