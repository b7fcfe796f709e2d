// SPDX-License-Identifier: Apache-2.0
/** The folder of plugins, and what is remembered about the files in it. */
package eu.nephele.smo.core.plugins.files;
