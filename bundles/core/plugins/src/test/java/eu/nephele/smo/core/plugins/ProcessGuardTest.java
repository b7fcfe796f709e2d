// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.Operation;
import eu.nephele.smo.core.plugins.samples.Ending;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Bundle;

/** Code of a plugin does not end the process (F-16). Where it does, this test ends with its process. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProcessGuardTest {

    @TempDir
    static Path data;

    private Server server;

    @BeforeAll
    void start() throws Exception {
        server = Server.start(data);
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    private static Jar ending(String id, String way) throws Exception {
        return Jar.empty(id, "1.0.0")
                .header("Bundle-Activator", Ending.class.getName())
                .header("X-Way", way)
                .code(Ending.class)
                .code(inside("Quit"))
                .code(inside("WhenLoaded"));
    }

    /** Not initialized: one of them would end this process. */
    private static Class<?> inside(String name) throws ClassNotFoundException {
        return Class.forName(Ending.class.getName() + "$" + name, false, Ending.class.getClassLoader());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "exit,System.exit",
        "interface,Runtime.exit",
        "halt,Runtime.halt",
        "loaded,System.exit",
        "hook,Runtime.addShutdownHook",
        "exit reference,System.exit",
        "halt reference,Runtime.halt",
        "hook reference,Runtime.addShutdownHook",
        "library,System.loadLibrary",
        "load,System.load",
    })
    void thePluginFailsAndTheServerGoesOn(String way, String call) throws Exception {
        String id = "bad." + way.replace(' ', '-');
        Operation operation = server.upload(ending(id, way));
        assertThat(operation.error().orElseThrow().message()).contains("a plugin may not call " + call);
        assertThat(server.bundle(id, "1.0.0")).isEmpty();
        server.remove(id, true);
    }

    @Test
    void codeOfTheProductIsLeftAsItIs() throws Exception {
        Bundle ours = server.install(
                "product:ending",
                server.temporary(ending("eu.nephele.smo.ending", "load").bytes()));
        Class<?> loaded = ours.loadClass(Ending.class.getName());
        assertThat(loaded.getDeclaredMethods())
                .noneMatch(method -> method.getName().startsWith("smo$"));
    }
}
