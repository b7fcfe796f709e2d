// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.ConfigurationStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.FrameworkUtil;

/** The service by which the server changes its own configuration. */
class SharedConfigurationTest {

    @TempDir
    Path data;

    private static final Map<String, Object> SCALING = Map.of("scaling", "optimal");

    private static SharedConfiguration of(RealAdmin real) {
        return new SharedConfiguration(
                real.context(), real.admin(), new ExpectedConfigurations(ProfileConfiguration.NOTHING));
    }

    /** With --config the server reads another folder than that of its data directory. */
    @Test
    void aChangedConfigurationIsStoredAndWrittenToTheFolderOfTheServer() throws Exception {
        Path read = data.resolve("config");
        MemoryStore store = new MemoryStore("one");
        try (RealAdmin real = new RealAdmin(
                data, Map.of("smo.data", data.resolve("data").toString(), "felix.fileinstall.dir", read.toString()))) {
            real.context().registerService(ConfigurationStore.class, store, null);
            SharedConfiguration shared = of(real);
            shared.write("pid", SCALING);
            shared.stop();
        }
        assertThat(read.resolve("pid.config")).content().contains("scaling=\"optimal\"");
        assertThat(store.changedAfter(0)).hasSize(1);
        assertThat(data.resolve("data")).doesNotExist();
    }

    @Test
    void whatTheFrameworkHasAddedIsNotWhatSomebodyHasConfigured() throws Exception {
        try (RealAdmin real = new RealAdmin(data, Map.of("smo.data", data.toString()))) {
            real.admin()
                    .getConfiguration("pid", "?")
                    .update(FrameworkUtil.asDictionary(Map.of(
                            "felix.fileinstall.filename",
                            "file:/x",
                            ":configurator:feature",
                            "f",
                            "scaling",
                            "optimal",
                            "several",
                            new String[] {"a", "b"})));
            SharedConfiguration shared = of(real);
            assertThat(shared.present("pid")).containsOnlyKeys("scaling", "several");
            assertThat(shared.present("other*")).isEmpty();
            shared.stop();
        }
    }

    @Test
    void withoutADatabaseOrADiskNothingIsChangedAndItIsSaidWhatToDo() throws Exception {
        try (RealAdmin real = new RealAdmin(data, Map.of("smo.data", data.toString()))) {
            SharedConfiguration shared = of(real);
            assertThatThrownBy(() -> shared.write("pid", SCALING))
                    .isInstanceOfSatisfying(
                            SmoException.class, e -> assertThat(e.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE))
                    .hasMessageContaining("the database is not open");
            real.context().registerService(ConfigurationStore.class, new MemoryStore("one"), null);
            Files.writeString(data.resolve("etc"), "a file in its place");
            assertThatThrownBy(() -> shared.write("pid", SCALING))
                    .isInstanceOfSatisfying(
                            SmoException.class, e -> assertThat(e.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE))
                    .hasMessageContaining("Check the disk")
                    .hasMessageNotContaining("optimal");
            shared.stop();
        }
    }

    @Test
    void aMissingConfigurationFolderIsRefused() throws Exception {
        try (RealAdmin real = new RealAdmin(data, Map.of())) {
            assertThatThrownBy(() -> of(real))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("felix.fileinstall.dir");
        }
    }
}
