import Reveal from 'reveal.js';

await new Reveal({ hash: true, width: 1280, height: 720 }).initialize();
