// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import eu.nephele.smo.api.runtime.SmoException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Dictionary;
import java.util.Enumeration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** A configuration as a file in the folder of configurations: it counts as soon as the folder is looked at and survives restarts. */
final class ConfigurationFile {

    /** Another one than {@code DATA/etc} with {@code --config}. */
    private static final String FOLDER_READ = "felix.fileinstall.dir";

    private final ConfigurationAdmin admin;
    private final Path folder;
    private final String pid;

    /** @param folder that is watched */
    ConfigurationFile(ConfigurationAdmin admin, Path folder, String pid) {
        this.admin = admin;
        this.folder = folder;
        this.pid = pid;
    }

    /** In the folder {@code etc} of the data directory of this component, else in the folder that the server reads. */
    static ConfigurationFile inData(ConfigurationAdmin admin, ShadowConfig config, BundleContext context, String pid) {
        String read = context.getProperty(FOLDER_READ);
        if (config.smo_data().isBlank() && read != null && !read.isBlank()) {
            return new ConfigurationFile(admin, Path.of(read), pid);
        }
        String data = config.smo_data().isBlank() ? context.getProperty("smo.data") : config.smo_data();
        if (data == null || data.isBlank()) {
            throw new IllegalArgumentException(
                    "Configuration eu.nephele.smo.core.shadow: smo.data is empty and there is no framework property of that name");
        }
        return new ConfigurationFile(admin, Path.of(data, "etc"), pid);
    }

    /** What counts now, from the profile or a file. */
    Map<String, Object> present() {
        try {
            Configuration[] found = admin.listConfigurations("(service.pid=" + pid + ")");
            Optional<Dictionary<String, Object>> properties = found == null || found.length == 0
                    ? Optional.empty()
                    : Optional.ofNullable(found[0].getProperties());
            return properties.map(ConfigurationFile::own).orElse(Map.of());
        } catch (IOException | InvalidSyntaxException e) {
            throw failed("read", e);
        }
    }

    /** Without what the framework and the file watcher have added. */
    private static Map<String, Object> own(Dictionary<String, Object> properties) {
        Map<String, Object> own = new TreeMap<>();
        for (Enumeration<String> keys = properties.keys(); keys.hasMoreElements(); ) {
            String key = keys.nextElement();
            if (!key.contains(":") && !key.startsWith("service.") && !key.startsWith("felix.fileinstall.")) {
                own.put(key, properties.get(key));
            }
        }
        return own;
    }

    /** Replaces the file. One in the plain format, which knows no lists of such values, is set aside. */
    void write(Map<String, Object> properties) {
        Path plain = folder.resolve(pid + ".cfg");
        try {
            Files.createDirectories(folder);
            Path fresh = Files.writeString(
                    folder.resolve(pid + ".config.new"), ConfigText.of(properties), StandardCharsets.UTF_8);
            if (Files.exists(plain)) {
                // Before the new one is there: a file that goes takes the configuration along.
                Files.move(plain, folder.resolve(pid + ".cfg.replaced"), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(
                    fresh,
                    folder.resolve(pid + ".config"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failed("written", e);
        }
    }

    private SmoException failed(String what, Exception e) {
        return SmoException.of(
                SmoException.Kind.UNAVAILABLE,
                "smo",
                "The configuration %s could not be %s in %s (%s). Look at the disk, then try again."
                        .formatted(pid, what, folder.getFileName(), e),
                Optional.empty());
    }
}
