// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

import eu.nephele.smo.lab.testkit.Await;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

final class UninstalledBundleCleanerTest {

    @TempDir
    Path cache;

    private Framework framework;

    @BeforeEach
    void start() throws Exception {
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of("org.osgi.framework.storage", cache.toString()));
        framework.init();
        UninstalledBundleCleaner.forgetBy(framework);
        framework.start();
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(0);
    }

    @Test
    void nothingHoldsABundleThatUsedAServiceAndIsGone() throws Exception {
        framework.getBundleContext().registerService(Runnable.class, () -> {}, FrameworkUtil.asDictionary(Map.of()));
        WeakReference<Bundle> gone = useAndUninstall();

        Await.until("the bundle is collected", () -> {
            System.gc();
            return gone.get() == null;
        });
    }

    private WeakReference<Bundle> useAndUninstall() throws IOException, BundleException {
        Bundle bundle = framework.getBundleContext().installBundle("test:user", new ByteArrayInputStream(jar()));
        bundle.start();
        BundleContext context = bundle.getBundleContext();
        ServiceReference<Runnable> used = context.getServiceReference(Runnable.class);
        context.getService(used);
        context.ungetService(used);
        bundle.uninstall();
        return new WeakReference<>(bundle);
    }

    private static byte[] jar() throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.putValue("Manifest-Version", "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", "user");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new JarOutputStream(bytes, manifest).close();
        return bytes.toByteArray();
    }
}
