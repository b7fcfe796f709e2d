// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.core.plugins.samples.AllOnFirst;
import eu.nephele.smo.core.plugins.samples.Ending;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.weaving.WeavingException;
import org.osgi.framework.hooks.weaving.WeavingHook;

/** Code of a plugin does not end the process. Where it does, this test ends with its process. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProcessCallWeaverTest {

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

    /** An annotation inside an annotation, so many times that a recursive reader has no stack left. */
    private static byte[] deep() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "acme/Deep", null, "java/lang/Object", null);
        Deque<AnnotationVisitor> open = new ArrayDeque<>();
        open.push(writer.visitAnnotation("LA;", true));
        for (int i = 0; i < 50_000; i++) {
            open.push(open.element().visitAnnotation("v", "LA;"));
        }
        open.forEach(AnnotationVisitor::visitEnd);
        writer.visitEnd();
        return writer.toByteArray();
    }

    @Test
    void aClassThatCannotBeExaminedForWantOfStackIsNotLoadedAndTheGuardStaysInUse() throws Exception {
        ServiceReference<WeavingHook> guard = server.context().getServiceReference(WeavingHook.class);
        Bundle bundle = server.install(
                "elsewhere:deep",
                server.temporary(Jar.empty("acme.deep", "1.0.0")
                        .entry("acme/Deep.class", deep())
                        .bytes()));
        server.gate().admit(List.of(bundle));
        assertThatThrownBy(() -> bundle.loadClass("acme.Deep"))
                .isInstanceOf(LinkageError.class)
                .hasRootCauseInstanceOf(WeavingException.class);
        bundle.uninstall();
        thePluginFailsAndTheServerGoesOn("hook", "Runtime.addShutdownHook");
        assertThat(server.context().getServiceReference(WeavingHook.class)).isEqualTo(guard);
    }

    @Test
    void whatTheFrameworkTellsAsAnErrorOfOursBringsANewGuard() throws Exception {
        ServiceReference<WeavingHook> former = server.context().getServiceReference(WeavingHook.class);
        ServiceRegistration<WeavingHook> failing = server.context()
                .registerService(
                        WeavingHook.class,
                        woven -> {
                            throw new StackOverflowError("sample");
                        },
                        null);
        try {
            Bundle bundle = server.install(
                    "elsewhere:one",
                    server.temporary(Jar.plugin("acme.elsewhere", "1.0.0").bytes()));
            server.gate().admit(List.of(bundle));
            assertThatThrownBy(() -> bundle.loadClass(AllOnFirst.class.getName()))
                    .isInstanceOf(LinkageError.class);
            server.await(() -> former.getBundle() == null, "the guard stays the same");
            bundle.uninstall();
        } finally {
            failing.unregister();
        }
        thePluginFailsAndTheServerGoesOn("hook", "Runtime.addShutdownHook");
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
