// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.felix.cm.impl.ConfigurationManager;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.service.cm.ConfigurationAdmin;

/** A framework with the ConfigurationAdmin of the product. */
final class RealAdmin implements AutoCloseable {

    private final Framework framework;

    RealAdmin(Path data, Map<String, String> properties) throws Exception {
        Map<String, String> all = new HashMap<>(properties);
        all.put(Constants.FRAMEWORK_STORAGE, data.resolve("cache").toString());
        all.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        all.put(
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                "org.osgi.service.cm;version=1.6.1,org.osgi.util.promise;version=1.3.0,org.osgi.util.function;version=1.2.0");
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(all);
        framework.start();
        Path jar = Path.of(ConfigurationManager.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (var in = Files.newInputStream(jar)) {
            context().installBundle("configadmin", in).start();
        }
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    ConfigurationAdmin admin() {
        return context().getService(context().getServiceReference(ConfigurationAdmin.class));
    }

    @Override
    public void close() throws BundleException {
        framework.stop();
        try {
            framework.waitForStop(5_000);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
