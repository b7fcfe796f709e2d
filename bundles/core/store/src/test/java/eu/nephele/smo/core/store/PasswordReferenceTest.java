// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.port.AdapterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordReferenceTest {

    private static final Function<String, Optional<String>> NO_OTHERS = reference -> Optional.empty();

    @TempDir
    private Path directory;

    @Test
    void readsTheFileOrTheVariableAtEachUse() throws Exception {
        Path file = directory.resolve("password");
        PasswordReference inFile = PasswordReference.of("file:" + file, directory);
        Files.writeString(file, "first\n");
        assertThat(inFile.resolve(name -> null, NO_OTHERS)).isEqualTo("first");
        Files.writeString(file, "second");
        assertThat(inFile.resolve(name -> null, NO_OTHERS)).isEqualTo("second");

        Map<String, String> environment = Map.of("DB_PASSWORD", "third");
        assertThat(PasswordReference.of("env:DB_PASSWORD", directory).resolve(environment::get, NO_OTHERS))
                .isEqualTo("third");
        assertThatThrownBy(() -> PasswordReference.of("env:OTHER", directory).resolve(environment::get, NO_OTHERS))
                .hasMessage("eu.nephele.smo.core.store: passwordReference=env:OTHER cannot be read:"
                        + " the environment variable OTHER is not set");
        assertThat(PasswordReference.of("", directory).resolve(environment::get, NO_OTHERS))
                .isEmpty();
    }

    @Test
    void aRelativeFileIsInTheDataDirectory() throws Exception {
        Files.writeString(Files.createDirectory(directory.resolve("etc")).resolve("database.password"), "inside");

        assertThat(PasswordReference.of("file:etc/database.password", directory).resolve(name -> null, NO_OTHERS))
                .isEqualTo("inside");
        assertThatThrownBy(
                        () -> PasswordReference.of("file:etc/other", directory).resolve(name -> null, NO_OTHERS))
                .hasMessage(
                        "eu.nephele.smo.core.store: passwordReference=file:etc/other cannot be read: there is no file "
                                + directory.resolve("etc/other"));
        assertThatThrownBy(() -> PasswordReference.of("file:etc", directory).resolve(name -> null, NO_OTHERS))
                .hasMessageStartingWith("eu.nephele.smo.core.store: passwordReference=file:etc cannot be read: ");
    }

    @Test
    void aConnectionIsOpenedWithThePasswordOfThatMoment() throws Exception {
        Path file = Files.writeString(directory.resolve("password"), "one");
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:passwords;DB_CLOSE_DELAY=-1");
        CredentialDataSource source =
                new CredentialDataSource(h2, "smo", PasswordReference.of("file:" + file, directory), NO_OTHERS);
        source.getConnection().close();

        Files.writeString(file, "wrong");
        assertThatThrownBy(source::getConnection).hasMessageContaining("Wrong user name or password");
        h2.getConnection("smo", "one").createStatement().execute("alter user smo set password 'two'");
        Files.writeString(file, "two");
        source.getConnection().close();
        Files.delete(file);
        assertThatThrownBy(source::getConnection)
                .isInstanceOf(SQLInvalidAuthorizationSpecException.class)
                .hasMessageStartingWith("eu.nephele.smo.core.store: passwordReference=file:");
    }

    @Test
    void aPasswordOfAnotherSystemIsAskedForWithEachConnectionAndItsAbsenceIsNamed() throws Exception {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:others;DB_CLOSE_DELAY=-1");
        Map<String, String> vault = new HashMap<>(Map.of("vault:kv/smo#database", "one"));
        CredentialDataSource source = new CredentialDataSource(
                h2,
                "smo",
                PasswordReference.of("vault:kv/smo#database", directory),
                reference -> Optional.ofNullable(vault.get(reference)));
        source.getConnection().close();
        h2.getConnection("smo", "one").createStatement().execute("alter user smo set password 'two'");
        assertThatThrownBy(source::getConnection).hasMessageContaining("Wrong user name or password");
        vault.put("vault:kv/smo#database", "two");
        source.getConnection().close();
        vault.clear();
        assertThatThrownBy(source::getConnection)
                .isInstanceOf(SQLInvalidAuthorizationSpecException.class)
                .hasMessage("eu.nephele.smo.core.store: passwordReference=vault:kv/smo#database cannot be read:"
                        + " there is nothing, or no source of such secrets is configured");
    }

    @Test
    void aVaultThatIsAwayIsAFailureThatIsTriedAgain() {
        PasswordReference reference = PasswordReference.of("vault:kv/smo#database", directory);
        assertThatThrownBy(() -> reference.resolve(name -> null, asked -> {
                    throw new AdapterException(AdapterException.Kind.UNAVAILABLE, "vault", "Vault is sealed");
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Vault is sealed");
    }

    @Test
    void hidesNothingElseOfTheDataSource() throws Exception {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:hides");
        CredentialDataSource source = new CredentialDataSource(h2, "", PasswordReference.of("", directory), NO_OTHERS);

        source.setLoginTimeout(7);
        assertThat(source.getLoginTimeout()).isEqualTo(h2.getLoginTimeout());
        assertThat(source.isWrapperFor(JdbcDataSource.class)).isTrue();
        assertThat(source.unwrap(JdbcDataSource.class)).isSameAs(h2);
        assertThat(source.unwrap(CredentialDataSource.class)).isSameAs(source);
        source.getConnection().close();
        source.getConnection("other", "").close();
    }
}
