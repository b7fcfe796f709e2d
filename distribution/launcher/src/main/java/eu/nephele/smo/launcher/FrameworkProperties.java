// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

import java.util.LinkedHashMap;
import java.util.Map;
import org.osgi.framework.Constants;

/** Start properties of the OSGi framework and, through it, of HTTP, FileInstall and Configurator. */
final class FrameworkProperties {

    private FrameworkProperties() {}

    /**
     * Properties of the profile, with the folders and the port of this run filled in.
     *
     * @throws ServerStartException if the profile refers to a variable that the launcher does not know
     */
    static Map<String, String> of(
            Installation.InstalledProfile profile, Options options, DataDirectory data, Installation installation)
            throws ServerStartException {
        ConfigurationVariables variables = new ConfigurationVariables(Map.of(
                "smo.data", data.root().toString(),
                "smo.etc", options.config().orElse(data.etc()).toString(),
                "smo.home", installation.home().toString(),
                "smo.host", options.host(),
                "smo.port", Integer.toString(options.port()),
                "smo.profile", options.profile()));
        Map<String, String> properties = new LinkedHashMap<>();
        for (Map.Entry<String, String> property : profile.frameworkProperties().entrySet()) {
            properties.put(property.getKey(), variables.inText(property.getValue()));
        }
        properties.put(Constants.FRAMEWORK_STORAGE, data.cache().toString());
        properties.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        properties.put("configurator.initial", variables.inJson(profile.configuration()));
        properties.put("smo.data", data.root().toString());
        // Bundles from this folder are the product; bundles from elsewhere have to be admitted.
        properties.put("smo.home", installation.home().toString());
        options.tls().ifPresent(tls -> {
            properties.put("smo.tls.certificate", tls.certificate().toString());
            tls.key().ifPresent(key -> properties.put("smo.tls.key", key.toString()));
        });
        return properties;
    }
}
