// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.osgi.service.metatype.MetaTypeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs configurations from files named after their PID: {@code PID.cfg}, and {@code FACTORY~NAME.cfg} for an
 * instance of a factory. The file watcher itself would split names at their first hyphen, which PIDs may have, and take
 * the rest for the name of an instance.
 */
@Component(service = ArtifactInstaller.class)
@ServiceRanking(100)
public final class ConfigurationFiles implements ArtifactInstaller {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationFiles.class);
    private static final String PROPERTIES = ".cfg";
    private static final String TYPED = ".config";

    private final ConfigurationAdmin configurations;
    private final ExpectedConfigurations expected;
    private final ListProperties lists;

    @Activate
    public ConfigurationFiles(
            BundleContext context,
            @Reference ConfigurationAdmin configurations,
            @Reference MetaTypeService metatype,
            @Reference ExpectedConfigurations expected) {
        this.configurations = configurations;
        this.expected = expected;
        this.lists = new ListProperties(context, metatype);
        recall();
    }

    /** Reads all files once after an update of this bundle: the watcher does not report unchanged files again. */
    private void recall() {
        for (Configuration each : new CurrentConfigurations(configurations).ofFiles()) {
            String mark = String.valueOf(each.getProperties().get(UnreadConfigurationCheck.FILE));
            try {
                File file = new File(URI.create(mark));
                if (canHandle(file) && file.isFile()) {
                    expected.becomes(pid(file), read(file), () -> {});
                }
            } catch (IOException | IllegalArgumentException unreadable) {
                LOG.warn(
                        "reading configuration file failed file={} reason=\"{}\"; its last known content stays",
                        mark,
                        unreadable.getMessage());
            }
        }
    }

    @Override
    public boolean canHandle(File file) {
        return file.getName().endsWith(PROPERTIES) || file.getName().endsWith(TYPED);
    }

    @Override
    public void install(File file) throws IOException {
        update(file);
    }

    @Override
    public void update(File file) throws IOException {
        Map<String, Object> wanted = read(file);
        Map<String, Object> there = CurrentConfigurations.properties(configuration(file));
        if (!there.isEmpty() && expected.isAlready(pid(file), wanted) && !expected.isAlready(pid(file), there)) {
            // a change made in the running server since the file was written would be lost
            return;
        }
        expected.becomes(pid(file), wanted, () -> {
            Map<String, Object> marked = new TreeMap<>(wanted);
            marked.put(UnreadConfigurationCheck.FILE, file.toURI().toString());
            configuration(file).updateIfDifferent(FrameworkUtil.asDictionary(marked));
        });
    }

    /** Of two files of a configuration the other one takes effect, so that the configuration is never missing. */
    @Override
    public void uninstall(File file) throws IOException {
        File other = new File(file.getParentFile(), pid(file) + (file.getName().endsWith(TYPED) ? PROPERTIES : TYPED));
        if (other.isFile()) {
            update(other);
            return;
        }
        expected.goes(pid(file), () -> configuration(file).delete());
    }

    private static String pid(File file) {
        return file.getName().substring(0, file.getName().lastIndexOf('.'));
    }

    private Configuration configuration(File file) throws IOException {
        String pid = pid(file);
        int tilde = pid.indexOf('~');
        return tilde > 0
                ? configurations.getFactoryConfiguration(pid.substring(0, tilde), pid.substring(tilde + 1), "?")
                : configurations.getConfiguration(pid, "?");
    }

    private Map<String, Object> read(File file) throws IOException {
        if (file.getName().endsWith(TYPED)) {
            try (InputStream in = Files.newInputStream(file.toPath())) {
                return TypedText.read(in);
            } catch (IOException unreadable) {
                throw new IOException("%s: %s".formatted(file.getName(), unreadable.getMessage()), unreadable);
            }
        }
        Map<String, Object> values = new TreeMap<>();
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file.toPath())) {
            properties.load(in);
        } catch (IllegalArgumentException malformed) {
            throw new IOException("%s: %s".formatted(file.getName(), malformed.getMessage()), malformed);
        }
        Set<String> several = lists.find(pid(file).replaceFirst("~.*", ""));
        properties.stringPropertyNames().forEach(key -> {
            String value = properties.getProperty(key).strip();
            values.put(key, several.contains(key) ? ListProperties.entries(value) : value);
        });
        return values;
    }
}
