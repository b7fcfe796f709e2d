// SPDX-License-Identifier: Apache-2.0
/** HTTP for adapters: proxy, certificates, credentials, limits and the classification of failures, once for all of them. */
@Export
@Version("0.1.0")
package eu.nephele.smo.api.port.http;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
