// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import java.lang.annotation.Annotation;

/** Configuration as the component runtime would hand it over. */
record Config(
        String url,
        String user,
        String passwordReference,
        int poolSize,
        long connectTimeoutMillis,
        int embeddedCacheKiB,
        long leaseMillis,
        String address,
        String smo_data)
        implements StoreConfig {

    Config() {
        this("", "", "", 10, 5000, 8192, 5000, "", "");
    }

    Config url(String value) {
        return new Config(
                value,
                user,
                passwordReference,
                poolSize,
                connectTimeoutMillis,
                embeddedCacheKiB,
                leaseMillis,
                address,
                smo_data);
    }

    Config user(String value) {
        return new Config(
                url,
                value,
                passwordReference,
                poolSize,
                connectTimeoutMillis,
                embeddedCacheKiB,
                leaseMillis,
                address,
                smo_data);
    }

    Config passwordReference(String value) {
        return new Config(
                url, user, value, poolSize, connectTimeoutMillis, embeddedCacheKiB, leaseMillis, address, smo_data);
    }

    Config poolSize(int value) {
        return new Config(
                url,
                user,
                passwordReference,
                value,
                connectTimeoutMillis,
                embeddedCacheKiB,
                leaseMillis,
                address,
                smo_data);
    }

    Config connectTimeoutMillis(long value) {
        return new Config(
                url, user, passwordReference, poolSize, value, embeddedCacheKiB, leaseMillis, address, smo_data);
    }

    Config embeddedCacheKiB(int value) {
        return new Config(
                url, user, passwordReference, poolSize, connectTimeoutMillis, value, leaseMillis, address, smo_data);
    }

    Config leaseMillis(long value) {
        return new Config(
                url,
                user,
                passwordReference,
                poolSize,
                connectTimeoutMillis,
                embeddedCacheKiB,
                value,
                address,
                smo_data);
    }

    Config data(String value) {
        return new Config(
                url,
                user,
                passwordReference,
                poolSize,
                connectTimeoutMillis,
                embeddedCacheKiB,
                leaseMillis,
                address,
                value);
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return StoreConfig.class;
    }
}
