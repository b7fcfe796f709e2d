// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import eu.nephele.smo.core.contract.configuration.ConfiguredSecrets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.MetaTypeService;

/** Reads the secrets of the present configurations anew with each call; of descriptions only when a bundle has changed. */
@Component(service = ConfiguredSecrets.class)
public final class PresentSecrets implements ConfiguredSecrets {

    private final CurrentConfigurations configurations;
    private final BundleContext context;
    private final MetaTypeService metatype;
    private volatile @Nullable Descriptions read;

    /** @param bundles which there were, and when each was changed */
    private record Descriptions(List<Long> bundles, DescribedAttributes attributes) {}

    @Activate
    public PresentSecrets(
            BundleContext context, @Reference ConfigurationAdmin admin, @Reference MetaTypeService metatype) {
        this.configurations = new CurrentConfigurations(admin);
        this.context = context;
        this.metatype = metatype;
    }

    @Override
    public Set<String> texts() {
        DescribedAttributes described = described();
        Set<String> all = new TreeSet<>();
        for (Configuration configuration : configurations.all()) {
            String pid = Optional.ofNullable(configuration.getFactoryPid()).orElseGet(configuration::getPid);
            all.addAll(SecretTexts.in(
                    pid, OwnProperties.texts(CurrentConfigurations.properties(configuration)), described.find(pid)));
        }
        return all;
    }

    private DescribedAttributes described() {
        List<Long> now = Arrays.stream(context.getBundles())
                .flatMap(bundle -> Stream.of(bundle.getBundleId(), bundle.getLastModified()))
                .toList();
        Descriptions known = read;
        if (known == null || !known.bundles().equals(now)) {
            known = new Descriptions(now, new DescribedAttributes(context, metatype));
            read = known;
        }
        return known.attributes();
    }
}
