// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import com.sun.tools.attach.VirtualMachine;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Closes the embedded database of a running server under it, as H2 itself does when memory runs out. An agent. */
public final class DatabaseCloser {

    private DatabaseCloser() {}

    /** In this process: loads the agent into a server. */
    static void closeIn(long process) throws Exception {
        Path jar = Distribution.freshFolder("agent").resolve("agent.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Agent-Class"), DatabaseCloser.class.getName());
        String entry = DatabaseCloser.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream code = DatabaseCloser.class.getClassLoader().getResourceAsStream(entry)) {
            out.putNextEntry(new JarEntry(entry));
            code.transferTo(out);
            out.closeEntry();
        }
        VirtualMachine machine = VirtualMachine.attach(Long.toString(process));
        try {
            machine.loadAgent(jar.toString());
        } finally {
            machine.detach();
        }
    }

    /** In the server. */
    public static void agentmain(String arguments, Instrumentation instrumentation) throws Exception {
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (type.getName().equals("org.h2.engine.Engine")) {
                Field databases = type.getDeclaredField("DATABASES");
                databases.setAccessible(true);
                for (Object holder : ((Map<?, ?>) databases.get(null)).values()) {
                    Field database = holder.getClass().getDeclaredField("database");
                    database.setAccessible(true);
                    Object store = call(database.get(holder), "getStore");
                    call(call(store, "getMvStore"), "closeImmediately");
                }
            }
        }
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        Method found = target.getClass().getMethod(method);
        found.setAccessible(true);
        return found.invoke(target);
    }
}
