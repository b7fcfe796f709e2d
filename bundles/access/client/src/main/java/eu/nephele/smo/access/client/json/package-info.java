// SPDX-License-Identifier: Apache-2.0
/** JSON of answers, read without reflection. */
@Export
@Version("0.1.0")
package eu.nephele.smo.access.client.json;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
